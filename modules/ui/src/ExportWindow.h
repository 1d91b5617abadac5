#pragma once

#include <session/ExportPresenter.h>
#include <ui/ViewPicture.h>

#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSettings;

namespace negatoscope::ui {

/// Asks what is exported, as what and where to; then tells how far it is and how it went.
class ExportWindow final : public QWidget
{
    Q_OBJECT
public:
    /// What can be chosen from: the study, and what a viewport shows of it.
    struct Source
    {
        cache::StudyRecord study;
        std::optional<cache::SeriesRecord> series;
        std::optional<frames::FrameKey> image;
        std::optional<session::Viewing> viewing;
        Leaving leaving; ///< how pictures are written on; whether de-identified is asked
    };
    ExportWindow(session::Services services, Source source, QSettings &settings, QWidget *parent);

    const session::ExportPresenter &presenter() const { return m_export; }

private:
    enum class What { Study, Series, Image };
    void build();
    void takeChoice();
    void chooseFolder();
    void start();
    void takeProgress();
    void takeFinished();
    void say(const QString &sentence, const QString &role);

    const Source m_source;
    QSettings &m_settings;
    session::ExportPresenter m_export;
    QComboBox *m_what, *m_format;
    QCheckBox *m_deidentified;
    QLabel *m_note, *m_said;
    QLineEdit *m_folder;
    QProgressBar *m_bar;
    QPushButton *m_browse, *m_start, *m_close;
};

} // namespace negatoscope::ui
