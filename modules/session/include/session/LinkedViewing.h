#pragma once

#include <session/ViewportPresenter.h>

#include <QtCore/QJsonObject>
#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace negatoscope::session {

struct LinkedTile;

/// What the viewports of a window have to do with each other: linked scroll, zoom, pan and window, reference
/// lines, the 3D cursor (docs/decisions/0022).
///
/// Linked  : stacks of one patient and one frame of reference that are nearly parallel; at the reader's wish
///           also of different frames of reference, by the offset they had then. Two persons never.
/// Repaint : followers move in the same turn as the viewport that was moved.
class LinkedViewing final : public QObject
{
    Q_OBJECT
public:
    enum class Mode { Off, ByPosition, ByOffset };

    explicit LinkedViewing(QObject *parent = nullptr);
    ~LinkedViewing() override;
    Q_DISABLE_COPY_MOVE(LinkedViewing)

    /// The viewports of the window and the active one among them. Offsets and the cursor stay.
    void setViewports(const std::vector<ViewportPresenter *> &viewports, int active);
    /// Another patient or study comes: offsets and the cursor go, the wish to link stays.
    void forgetPlaces();

    Mode mode() const { return m_mode; }
    /// By patient position from now on; the others come to where the active viewport is.
    void link();
    /// Also across frames of reference: what is shown now is taken for the same place.
    void linkByOffset();
    void unlink();
    /// Whether the window is linked too, between series of the same modality.
    bool isWindowLinked() const { return m_windowLinked; }
    void setWindowLinked(bool linked);

    bool showsReferenceLines() const { return m_lines; }
    void showReferenceLines(bool show);

    /// Shows the patient's point under `at` in every viewport of the same frame of reference, which scroll to
    /// the nearest slice.
    void placeCursor(int viewport, base::ViewPoint at);
    void clearCursor();
    std::optional<base::PatientPoint> cursor() const;

    /// Tells every viewport at once what it shows of the others, as else happens in the turn after a change:
    /// for pictures that leave the screen in the same turn.
    void update();

    QJsonObject json() const;

Q_SIGNALS:
    void changed();

private:
    using Tile = LinkedTile;
    struct Cursor
    {
        base::PatientPoint point;
        std::string space;
        cache::StudyRecord study;
        base::SeriesUid series;
    };

    std::vector<Tile> tiles() const;
    bool isLinked(const Tile &one, const Tile &other) const;
    base::PatientVector offset(const Tile &from, const Tile &to) const;
    void takeListed(ViewportPresenter *viewport);
    void take(ViewportPresenter *source, const ViewportAct &act);
    void followScroll(const Tile &source, const std::vector<Tile> &all);
    void followView(const Tile &source, const std::vector<Tile> &all);
    void followWindow(const Tile &source, const std::vector<Tile> &all, const ViewportAct &act);
    std::optional<CursorMark> cursorIn(const Tile &tile) const;
    void announce();

    std::vector<QPointer<ViewportPresenter>> m_viewports;
    int m_active = 0;
    Mode m_mode = Mode::ByPosition;
    bool m_windowLinked = true;
    bool m_lines = true;
    std::map<std::string, base::PatientPoint> m_anchors; ///< by offset: one place per frame of reference
    std::optional<Cursor> m_cursor;
    bool m_scrolled = false; ///< since the places were forgotten: a series that comes then joins the others
    bool m_following = false;
    bool m_announcing = false;
};

} // namespace negatoscope::session
