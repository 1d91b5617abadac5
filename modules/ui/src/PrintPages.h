#pragma once

#include <ui/ViewPicture.h>

#include <QtCore/QRectF>

#include <vector>

class QPainter;

namespace negatoscope::ui {

/// One sheet of paper: viewports of one patient.
struct PrintPage
{
    std::vector<session::ViewportState> views;
};

/// `views` on pages of at most `perPage`; another patient begins another page.
std::vector<PrintPage> printPages(const std::vector<session::ViewportState> &views, int perPage);

/// Draws a page: at its head the patient, the study and the page's number, then the views with their
/// captions, none of them cut. `dotsPerMm` says how fine the pictures are drawn. Threads: any.
void drawPage(QPainter &painter, const QRectF &paper, double dotsPerMm, const PrintPage &page, int number,
              int count, const Leaving &leaving);

} // namespace negatoscope::ui
