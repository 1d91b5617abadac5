#pragma once

#include <session/Bindings.h>
#include <session/ReadingPresenter.h>

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace negatoscope::ui {

/// Asks, without stopping anything, whether two persons shall be on screen together, and names both. It takes
/// no focus: keys go on to the pictures, and the key of Reset (Esc) is No. Hidden while there is nothing
/// to ask.
class PersonQuestionBar final : public QWidget
{
    Q_OBJECT
public:
    PersonQuestionBar(session::ReadingPresenter &reading, const session::Bindings &bindings, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void takeChange();

    session::ReadingPresenter &m_reading;
    const session::Bindings &m_bindings;
    QLabel *m_title, *m_shownWhere, *m_shown, *m_asked;
    QPushButton *m_no, *m_instead;
};

} // namespace negatoscope::ui
