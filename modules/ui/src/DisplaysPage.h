#pragma once

#include <QtWidgets/QWidget>

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QScreen;
class QSettings;

namespace negatoscope::ui {

/// How large the pixels of each screen are, measured with a ruler on the glass: what true size relies on.
class DisplaysPage final : public QWidget
{
    Q_OBJECT
public:
    DisplaysPage(QSettings &settings, QWidget *parent);

protected:
    void showEvent(QShowEvent *event) override;

private:
    class Ruler;
    void takeScreen();
    void take(double millimetres);
    void forget();
    double rulerPixels() const;
    QString key() const;

    QSettings &m_settings;
    QLabel *m_title, *m_state;
    Ruler *m_ruler;
    QDoubleSpinBox *m_length;
    QPushButton *m_forget;
    bool m_filling = false, m_followed = false;
};

} // namespace negatoscope::ui
