#pragma once

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace negatoscope::ui {

/// One quiet line at the edge of a window: what has just been done, and the button that takes it back.
class NoticeBar final : public QWidget
{
    Q_OBJECT
public:
    NoticeBar(const QString &name, QWidget *parent);

    /// Without a button where `action` is empty.
    void showNotice(const QString &sentence, const QString &action = {});
    QString text() const;

Q_SIGNALS:
    void actionRequested();

private:
    QLabel *m_text;
    QPushButton *m_action;
};

} // namespace negatoscope::ui
