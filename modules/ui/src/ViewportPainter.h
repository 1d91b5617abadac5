#pragma once

#include "CornerText.h"

#include <session/ViewportState.h>

#include <QtCore/QCache>
#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtGui/QImage>
#include <QtGui/QPixmap>
#include <QtGui/QRegion>

#include <optional>

class QPainter;

namespace negatoscope::ui {

/// What a viewport shows besides its state.
struct PainterLook
{
    session::ReadingPresenter::CornerText cornerText = session::ReadingPresenter::CornerText::Full;
    const session::CornerLayouts *corners = nullptr; ///< null: the usual ones
    bool slow = false;                               ///< what is on its way has been so for over 200 ms
    QString probe;                                   ///< the value under the pointer
    QString notice;                                  ///< a sentence for a while: why something was not done
    QColor band;                                     ///< of the study
    QString empty;                                   ///< what an empty viewport says
};

/// Draws what lies over the pixels of a viewport: corner text, letters, scale bar, overlay planes; and the
/// tiles that stand where there is no picture. Coordinates are device-independent.
class ViewportPainter
{
public:
    ViewportPainter();
    using Look = PainterLook;

    void draw(QPainter &painter, const session::ViewportState &state, const QRect &area, const Look &look);
    /// Places the text, and tells where it is no longer what was placed before. drawLaidOut() draws that.
    QRegion layOut(const session::ViewportState &state, const QRect &area, const Look &look, qreal ratio);
    void drawLaidOut(QPainter &painter, const session::ViewportState &state, const QRect &area,
                     const Look &look);

private:
    void drawOverlayPlanes(QPainter &painter, const session::ViewportState &state);
    void drawCorners(QPainter &painter);
    void drawGuides(QPainter &painter, const session::ViewportState &state, const QRect &area);
    void drawLetters(QPainter &painter, const session::ViewportState &state, const QRect &inner);
    void drawColourBar(QPainter &painter, const session::ViewportState &state, const QRect &inner);
    void drawSentence(QPainter &painter, const QRect &area, const QString &sentence, const QColor &colour);
    void drawText(QPainter &painter, QPoint topLeft, const QString &text, const QColor &colour, int width = 0,
                  bool rightAligned = false);
    const QPixmap &outlined(const QString &text, const QColor &colour, qreal ratio);

    QFont m_font;
    TextMeasure m_measure;
    struct TextKey
    {
        QString text;
        QRgb colour;
        qreal ratio;
        bool operator==(const TextKey &) const = default;
        friend std::size_t qHash(const TextKey &key, std::size_t seed = 0)
        {
            return qHashMulti(seed, key.text, key.colour, key.ratio);
        }
    };
    QCache<TextKey, QPixmap> m_texts;
    /// What has been laid out.
    struct ScaleBar
    {
        int left = 0, middle = 0, pixels = 0;
        QPoint labelAt;
        QString label;
        bool operator==(const ScaleBar &) const = default;
    };
    std::vector<PlacedLine> m_lines;
    std::optional<ScaleBar> m_scaleBar;
    dicom::EdgeLetters m_letters;
    bool m_orientationKnown = false;
    session::Guides m_guides;
    bool m_hadMissing = false; ///< parts of a plane were hatched
    session::StudyMark m_study;
    session::ViewportState::Content m_content = session::ViewportState::Content::Empty;
    std::shared_ptr<const imaging::Picture> m_planesOf;
    std::vector<QImage> m_planes;
};

/// Whether a picture of this modality is worth nothing without knowing its sides.
bool needsOrientation(const QString &modality);

/// A round length that takes at most `maximumPixels` at `pixelsPerMm`; 0 if there is none.
double scaleBarMm(double pixelsPerMm, double maximumPixels);

} // namespace negatoscope::ui
