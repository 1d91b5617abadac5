#pragma once

#include <session/StudySending.h>

#include <QtWidgets/QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace negatoscope::ui {

/// How far studies are on their way to an archive, and what came of it; hidden while there is nothing to say.
class SendStrip final : public QWidget
{
    Q_OBJECT
public:
    SendStrip(session::StudySending &sending, QWidget *parent);

private:
    void takeChange();
    void showReport();

    session::StudySending &m_sending;
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_cancel, *m_dismiss;
};

} // namespace negatoscope::ui
