#pragma once

#include <session/ReadingPresenter.h>

#include <QtWidgets/QWidget>

class QLabel;

namespace negatoscope::ui {

class Actions;

/// Play, slower, the rate, faster, to and fro: of the active viewport, in the toolbar.
class CineBar final : public QWidget
{
    Q_OBJECT
public:
    CineBar(session::ReadingPresenter &reading, const Actions &actions, QWidget *parent);

    /// Follows the active viewport; cheap enough for every image.
    void refresh();

private:
    session::ReadingPresenter &m_reading;
    const Actions &m_actions;
    QLabel *m_rate;
    double m_shownRate = -1;
};

} // namespace negatoscope::ui
