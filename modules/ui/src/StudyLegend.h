#pragma once

#include <QtWidgets/QFrame>

namespace negatoscope::ui {

/// What the signs of the study list mean.
class StudyLegend final : public QFrame
{
    Q_OBJECT
public:
    /// Above the button that asks for it; goes with the next click or key.
    static void popUp(QWidget &button);

private:
    explicit StudyLegend(QWidget *parent);
};

} // namespace negatoscope::ui
