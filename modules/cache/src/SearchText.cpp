#include "SearchText.h"

#include <QtCore/QList>
#include <QtCore/QString>

namespace negatoscope::cache {

namespace {

constexpr qsizetype kLongestText = 4096;

/// Letters whose stroke or ligature Unicode does not decompose.
QStringView plainLetters(char32_t letter)
{
    switch (letter) {
    case U'ø':
        return u"o";
    case U'ł':
        return u"l";
    case U'đ':
    case U'ð':
        return u"d";
    case U'ħ':
        return u"h";
    case U'ı':
        return u"i";
    case U'ŧ':
        return u"t";
    case U'æ':
        return u"ae";
    case U'œ':
        return u"oe";
    case U'ß':
        return u"ss";
    case U'þ':
        return u"th";
    default:
        return {};
    }
}

/// Scripts without spaces between words.
bool standsAlone(char32_t letter)
{
    switch (QChar::script(letter)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
        return true;
    default:
        return false;
    }
}

/// Katakana as hiragana: phonetic groups come in either.
char32_t sameKana(char32_t letter)
{
    return letter >= 0x30a1 && letter <= 0x30f6 ? letter - 0x60 : letter;
}

bool isDropped(char32_t letter)
{
    // Marks (accents, vowel points), the Arabic tatweel, and apostrophes inside names: O'Brien is also
    // OBrien.
    return QChar::isMark(letter) || letter == 0x0640 || letter == U'\'' || letter == 0x2019 ||
           letter == 0x02bc || QChar::category(letter) == QChar::Other_Format;
}

QString folded(std::string_view utf8)
{
    const auto size = std::min(static_cast<qsizetype>(utf8.size()), kLongestText);
    const QString cased = QString::fromUtf8(utf8.data(), size).toCaseFolded();
    QString bare;
    for (const char32_t letter : cased.normalized(QString::NormalizationForm_KD).toUcs4()) {
        if (isDropped(letter))
            continue;
        if (const QStringView plain = plainLetters(letter); !plain.isEmpty())
            bare += plain;
        else
            bare += QChar::fromUcs4(sameKana(letter));
    }
    // Hangul came apart into letters; the syllables are what people search for.
    return bare.normalized(QString::NormalizationForm_C).toCaseFolded();
}

} // namespace

std::string searchWords(std::string_view utf8)
{
    bool plain = true;
    for (const char c : utf8)
        plain = plain && static_cast<unsigned char>(c) < 0x80;
    std::string words;
    bool inWord = false;
    if (plain) {
        for (const char c : utf8.substr(0, kLongestText)) {
            const bool upper = c >= 'A' && c <= 'Z';
            if (c == '\'')
                continue;
            if (!(upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
                inWord = false;
                continue;
            }
            if (!inWord)
                words += ' ';
            inWord = true;
            words += upper ? static_cast<char>(c + ('a' - 'A')) : c;
        }
        return words;
    }
    for (const char32_t letter : folded(utf8).toUcs4()) {
        if (!QChar::isLetterOrNumber(letter)) {
            inWord = false;
            continue;
        }
        const bool alone = standsAlone(letter);
        if (!inWord || alone)
            words += ' ';
        inWord = !alone;
        const char32_t one[] = {letter};
        words += QString::fromUcs4(one, 1).toStdString();
    }
    return words;
}

std::string searchWords(const dicom::PersonName &name)
{
    return searchWords(name.alphabetic) + searchWords(name.ideographic) + searchWords(name.phonetic);
}

std::vector<std::string> searchPhrases(std::string_view query)
{
    std::vector<std::string> phrases;
    const QString text =
        QString::fromUtf8(query.data(), std::min(static_cast<qsizetype>(query.size()), kLongestText));
    for (const QString &word : text.simplified().split(u' ', Qt::SkipEmptyParts)) {
        std::string phrase = searchWords(word.toStdString());
        if (phrase.empty())
            continue;
        phrases.push_back(phrase.substr(1));
        if (phrases.size() == 16)
            break;
    }
    return phrases;
}

std::string matchExpression(const std::vector<std::string> &phrases, std::string_view columns)
{
    std::string expression;
    for (const std::string &phrase : phrases) {
        if (!expression.empty())
            expression += " AND ";
        expression += columns;
        expression += '"' + phrase + "\" *";
    }
    return expression;
}

} // namespace negatoscope::cache
