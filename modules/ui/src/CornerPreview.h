#pragma once

#include <session/ReadingPresenter.h>

#include <QtWidgets/QWidget>

namespace negatoscope::ui {

/// How a corner text looks over a picture of an invented patient, written by the code that writes the real
/// one.
class CornerPreview final : public QWidget
{
    Q_OBJECT
public:
    explicit CornerPreview(QWidget *parent);
    void show(const QString &modality, session::ReadingPresenter::CornerText mode,
              const session::CornerLayout &layout);
    QSize sizeHint() const override { return {360, 360}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    session::ViewportState m_sample;
    session::ReadingPresenter::CornerText m_mode = session::ReadingPresenter::CornerText::Full;
    session::CornerLayout m_layout;
};

} // namespace negatoscope::ui
