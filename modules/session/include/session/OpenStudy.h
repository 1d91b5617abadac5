#pragma once

#include <cache/Patient.h>
#include <session/Guides.h>

#include <QtCore/QJsonObject>

#include <optional>
#include <vector>

namespace negatoscope::session {

/// Which half of the grid a study that is opened beside takes.
enum class Half { Left, Right };

/// A study opened beside a window's own, with its series.
struct OpenStudy
{
    cache::StudyRecord study;
    std::vector<cache::SeriesRecord> series;
    StudyMark mark;
};

/// A study that another reading window shows, by that window's number.
struct StudyElsewhere
{
    int window = 0;
    cache::StudyRecord study;
};

/// Whether two studies may stand together without a question. A study whose own objects disagree on who the
/// patient is is sure to be nobody's but its own.
cache::Person compareStudies(const cache::StudyRecord &one, const cache::StudyRecord &other);

/// Whether two persons shall be on screen together: asked before a pixel of the other is (docs/safety.md P2).
struct PersonQuestion
{
    enum class Reason {
        OtherPatient,      ///< two patient IDs, or one number given by two issuers
        ShownIdMissing,    ///< what is on screen has no patient ID: nobody knows
        AskedIdMissing,    ///< what is asked for has none
        TraitsDiffer,      ///< the same ID, another name or date of birth
        IdentityConflicts, ///< the objects of one of them disagree
    };

    cache::StudyRecord shown, asked;
    Reason reason = Reason::OtherPatient;
    int window = 0;          ///< the other reading window that shows `shown`; 0: this one
    Half half = Half::Right; ///< where `asked` would stand in this one

    static Reason reasonFor(const cache::StudyRecord &shown, const cache::StudyRecord &asked);
};

/// Whose a study is, for `negatoscope state`.
QJsonObject personJson(const cache::StudyRecord &study);
QJsonObject jsonOf(const PersonQuestion &question);

} // namespace negatoscope::session
