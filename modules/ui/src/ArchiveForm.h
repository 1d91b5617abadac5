#pragma once

#include <session/Archives.h>

#include <QtWidgets/QWidget>

#include <optional>
#include <utility>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace negatoscope::ui {

/// The settings of one archive, field by field. What is wrong is said at its field.
class ArchiveForm final : public QWidget
{
    Q_OBJECT
public:
    explicit ArchiveForm(QWidget *parent);

    void showSettings(const archive::Settings &settings);
    /// As the fields say now, whether it can work or not.
    archive::Settings settings() const;
    /// Whether that can work; if not, the sentence stands at the field.
    bool check();
    void showNameTaken();
    void focusName();

Q_SIGNALS:
    /// A field was left, or chosen, with another value.
    void edited();

private:
    struct Row
    {
        QWidget *box = nullptr;
        QLabel *problem = nullptr;
    };
    Row addRow(const QString &label, QWidget *field);
    QLineEdit *addText(const char *name, const QString &label, const QString &tip,
                       const QString &example = {});
    QLineEdit *addFile(const char *name, const QString &label, const QString &tip);
    QSpinBox *addNumber(const char *name, const QString &label, const QString &tip, int least, int most);
    QSpinBox *addSeconds(const char *name, const QString &label, const QString &tip);
    QCheckBox *addCheck(const char *name, const QString &text, const QString &tip);
    void addTitle(const QString &text);
    void buildAddress();
    void buildWeb();
    void buildProtection();
    void buildLimits();
    void showRows();
    void chooseFile(QLineEdit &field, const QString &title);
    void say(const QWidget *field, const QString &sentence);
    void takeAddress(archive::Settings &settings) const;
    bool isWeb() const;
    bool isEncrypted() const;

    QFormLayout *m_form;
    std::vector<std::pair<QWidget *, Row>> m_rows; ///< by field
    std::optional<archive::Settings> m_shown;
    bool m_showing = false;
    QLineEdit *m_name, *m_host, *m_theirTitle, *m_ourTitle, *m_listenAddress, *m_mayConnect, *m_url, *m_user,
        *m_passwordFile, *m_authority, *m_certificate, *m_key, *m_revocation, *m_fingerprint;
    QComboBox *m_kind, *m_retrieveBy, *m_login;
    QSpinBox *m_port, *m_listenPort, *m_associations, *m_connect, *m_association, *m_idle, *m_commitment;
    QCheckBox *m_tls, *m_cleartext;
    QLabel *m_unprotected;
};

/// What is wrong, as one sentence.
QString sentenceFor(archive::SettingsProblem problem);

} // namespace negatoscope::ui
