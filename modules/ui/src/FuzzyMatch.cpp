#include "FuzzyMatch.h"

#include <algorithm>
#include <vector>

namespace negatoscope::ui {

namespace {

constexpr int kWordStart = 8, kAdjacent = 9, kLetter = 1, kFirst = 4;

bool startsWord(const QString &text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

} // namespace

QString fuzzyForm(const QString &text)
{
    QString form;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD))
        if (c.category() != QChar::Mark_NonSpacing)
            form += c.toLower();
    return form;
}

std::optional<int> fuzzyScore(const QString &typed, const QString &text)
{
    QString wanted = fuzzyForm(typed);
    wanted.remove(u' ');
    const QString where = fuzzyForm(text);
    if (wanted.isEmpty())
        return 0;
    // best[i]: the best score with the letters so far, the last of them at i; -1: impossible.
    std::vector<int> best(static_cast<std::size_t>(where.size()), -1);
    for (qsizetype letter = 0; letter < wanted.size(); ++letter) {
        std::vector<int> next(best.size(), -1);
        int before = -1; // best of all places left of i - 1
        for (qsizetype i = 0; i < where.size(); ++i) {
            const auto at = static_cast<std::size_t>(i);
            if (i >= 2)
                before = std::max(before, best[at - 2]);
            if (where.at(i) != wanted.at(letter))
                continue;
            const int own = kLetter + (startsWord(where, i) ? kWordStart : 0) + (i == 0 ? kFirst : 0);
            if (letter == 0) {
                next[at] = own;
                continue;
            }
            const int beside = i >= 1 && best[at - 1] >= 0 ? best[at - 1] + kAdjacent : -1;
            if (const int from = std::max(beside, before); from >= 0)
                next[at] = from + own;
        }
        best = std::move(next);
    }
    const auto most = std::max_element(best.begin(), best.end());
    if (most == best.end() || *most < 0)
        return std::nullopt;
    return *most * 16 -
           static_cast<int>(std::min<qsizetype>(where.size(), 64)); // the shorter of equals first
}

} // namespace negatoscope::ui
