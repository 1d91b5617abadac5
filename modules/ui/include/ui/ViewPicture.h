#pragma once

#include <session/ExportPresenter.h>
#include <session/ReadingPresenter.h>
#include <session/ViewportState.h>

#include <QtCore/QStringList>
#include <QtGui/QImage>

#include <vector>

/// Views that leave the screen: copied, saved, printed, exported.
///
/// Pixels, letters, overlays, scale bar and marks are drawn by the code that draws the screen; what the
/// reader sees is what leaves. Under each picture stands a caption of whom it shows, whatever the corner text
/// says, so that it covers nothing and does not go with short room (docs/safety.md P24).
namespace negatoscope::ui {

struct Leaving
{
    session::ReadingPresenter::CornerText cornerText = session::ReadingPresenter::CornerText::Full;
    /// Nothing that names a person, a date or a place; no overlay planes, which may be text.
    bool deidentified = false;
    session::CornerLayouts corners = {}; ///< which lines stand where
};

/// The state as a viewport of `size` would show it: at least all that is seen now, as large as it can be.
session::ViewportState atSize(session::ViewportState state, imaging::Size size);

/// Whom, when and which image; one text each, to be set one after the other.
QStringList captionOf(const session::ViewportState &state, const Leaving &leaving);
/// How high a caption is at a width, both in device-independent pixels.
int captionHeight(const QStringList &caption, int width);

/// A viewport without its caption, one pixel per device pixel of `state.transform`; text is drawn for `ratio`
/// device pixels in a device-independent one. Threads: any.
QImage viewPicture(const session::ViewportState &state, qreal ratio, const Leaving &leaving);
/// The same with its caption below.
QImage captionedPicture(const session::ViewportState &state, qreal ratio, const Leaving &leaving);
/// Viewports in rows of `columns`, each with its caption. Empty places stay black.
QImage layoutPicture(const std::vector<session::ViewportState> &states, int columns, qreal ratio,
                     const Leaving &leaving);

/// captionedPicture() as the bytes of a PNG or JPEG file.
base::Result<QByteArray> encodedPicture(const session::ViewportState &state, qreal ratio,
                                        const Leaving &leaving, const char *format);
/// The same for whole series: letters grow with the picture.
session::ExportRequest::Encode pictureEncoder(session::ExportRequest::Format format, const Leaving &leaving);

/// Whether there is a picture, or the reason why there is none, that can leave.
bool canLeave(const session::ViewportState &state);

} // namespace negatoscope::ui
