#include <session/BodyRegion.h>

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <algorithm>
#include <array>
#include <string_view>

namespace negatoscope::session {

namespace {

using enum BodyRegion;

constexpr std::uint32_t operator|(BodyRegion one, BodyRegion other)
{
    return static_cast<std::uint32_t>(one) | static_cast<std::uint32_t>(other);
}
constexpr std::uint32_t operator|(std::uint32_t some, BodyRegion other)
{
    return some | static_cast<std::uint32_t>(other);
}
constexpr std::uint32_t only(BodyRegion region)
{
    return static_cast<std::uint32_t>(region);
}

constexpr std::uint32_t kTrunk = Chest | Abdomen | Pelvis;
constexpr std::uint32_t kWholeBody = kTrunk | Head | Neck | Spine | Hip | Shoulder;

/// A word, or its beginning where it ends in '*'; without accents, in lower case.
struct Term
{
    std::string_view word;
    std::uint32_t regions;
};

constexpr Term kTerms[]{
    {"head*", only(Head)},
    {"brain*", only(Head)},
    {"skull*", only(Head)},
    {"crane", only(Head)},
    {"cranien*", only(Head)},
    {"cranium", only(Head)},
    {"craneo*", only(Head)},
    {"cerebr*", only(Head)},
    {"neuro*", only(Head)},
    {"encephal*", only(Head)},
    {"schadel*", only(Head)},
    {"kopf*", only(Head)},
    {"hirn*", only(Head)},
    {"gehirn*", only(Head)},
    {"tete", only(Head)},
    {"testa", only(Head)},
    {"cabeza", only(Head)},
    {"orbit*", only(Head)},
    {"sinus*", only(Head)},
    {"facial*", only(Head)},
    {"mandib*", only(Head)},
    {"maxill*", only(Head)},
    {"dental*", only(Head)},
    {"pituitar*", only(Head)},
    {"hypophys*", only(Head)},
    {"iac", only(Head)},
    {"rocher*", only(Head)},
    {"nasal*", only(Head)},
    {"neck*", only(Neck)},
    {"hals*", only(Neck)},
    {"cou", only(Neck)},
    {"collo", only(Neck)},
    {"cuello", only(Neck)},
    {"thyr*", only(Neck)},
    {"schilddruse*", only(Neck)},
    {"tiroid*", only(Neck)},
    {"carotid*", Neck | Head},
    {"karotis*", Neck | Head},
    {"laryn*", only(Neck)},
    {"pharyn*", only(Neck)},
    {"parotid*", only(Neck)},
    {"chest*", only(Chest)},
    {"thorax*", only(Chest)},
    {"thorac*", only(Chest)},
    {"torac*", only(Chest)},
    {"torax", only(Chest)},
    {"lung*", only(Chest)},
    {"pulmon*", only(Chest)},
    {"polmon*", only(Chest)},
    {"poumon*", only(Chest)},
    {"rib", only(Chest)},
    {"ribs", only(Chest)},
    {"sternum", only(Chest)},
    {"mediastin*", only(Chest)},
    {"angiopulm*", only(Chest)},
    {"clavic*", Chest | Shoulder},
    {"heart*", Heart | Chest},
    {"cardi*", Heart | Chest},
    {"coronar*", Heart | Chest},
    {"herz*", Heart | Chest},
    {"coeur", Heart | Chest},
    {"cuore", Heart | Chest},
    {"corazon", Heart | Chest},
    {"echocard*", Heart | Chest},
    {"breast*", only(Breast)},
    {"mamm*", only(Breast)},
    {"sein", only(Breast)},
    {"seins", only(Breast)},
    {"brust", Breast | Chest},
    {"seno", only(Breast)},
    {"mama*", only(Breast)},
    {"abdom*", only(Abdomen)},
    {"addom*", only(Abdomen)},
    {"liver*", only(Abdomen)},
    {"hepat*", only(Abdomen)},
    {"foie", only(Abdomen)},
    {"leber*", only(Abdomen)},
    {"fegato", only(Abdomen)},
    {"higado", only(Abdomen)},
    {"pancrea*", only(Abdomen)},
    {"pankreas*", only(Abdomen)},
    {"kidney*", only(Abdomen)},
    {"renal*", only(Abdomen)},
    {"rein", only(Abdomen)},
    {"reins", only(Abdomen)},
    {"niere*", only(Abdomen)},
    {"spleen*", only(Abdomen)},
    {"biliar*", only(Abdomen)},
    {"gallbladder*", only(Abdomen)},
    {"mrcp", only(Abdomen)},
    {"colon", only(Abdomen)},
    {"colono*", only(Abdomen)},
    {"colosc*", only(Abdomen)},
    {"bowel*", only(Abdomen)},
    {"adrenal*", only(Abdomen)},
    {"stomach*", only(Abdomen)},
    {"ventre", only(Abdomen)},
    {"kub", Abdomen | Pelvis},
    {"urogra*", Abdomen | Pelvis},
    {"uroscan*", Abdomen | Pelvis},
    {"enterogra*", Abdomen | Pelvis},
    {"uro", Abdomen | Pelvis},
    {"obstetr*", Abdomen | Pelvis},
    {"fetal*", Abdomen | Pelvis},
    {"foetal*", Abdomen | Pelvis},
    {"pelvi*", only(Pelvis)},
    {"bassin", only(Pelvis)},
    {"becken*", only(Pelvis)},
    {"bacino", only(Pelvis)},
    {"bladder*", only(Pelvis)},
    {"vessie", only(Pelvis)},
    {"prosta*", only(Pelvis)},
    {"uter*", only(Pelvis)},
    {"ovar*", only(Pelvis)},
    {"rectum", only(Pelvis)},
    {"rectal*", only(Pelvis)},
    {"sacr*", Pelvis | Spine},
    {"sacroili*", Pelvis | Spine},
    {"spine*", only(Spine)},
    {"spinal*", only(Spine)},
    {"rachis", only(Spine)},
    {"wirbel*", only(Spine)},
    {"lws", only(Spine)},
    {"bws", only(Spine)},
    {"hws", Spine | Neck},
    {"lumbal*", only(Spine)},
    {"lumbar*", only(Spine)},
    {"lombaire*", only(Spine)},
    {"lombo*", only(Spine)},
    {"lombar*", only(Spine)},
    {"dorsal*", only(Spine)},
    {"cervical*", Spine | Neck},
    {"cervicale*", Spine | Neck},
    {"colonna", only(Spine)},
    {"columna", only(Spine)},
    {"vertebr*", only(Spine)},
    {"lspine", only(Spine)},
    {"tspine", only(Spine)},
    {"cspine", Spine | Neck},
    {"lsspine", only(Spine)},
    {"tlspine", only(Spine)},
    {"myelo*", only(Spine)},
    {"shoulder*", only(Shoulder)},
    {"schulter*", only(Shoulder)},
    {"epaule*", only(Shoulder)},
    {"spalla", only(Shoulder)},
    {"hombro", only(Shoulder)},
    {"scapul*", only(Shoulder)},
    {"arm", only(Arm)},
    {"forearm*", only(Arm)},
    {"humer*", Arm | Shoulder},
    {"elbow*", only(Arm)},
    {"ellbogen*", only(Arm)},
    {"coude", only(Arm)},
    {"gomito", only(Arm)},
    {"codo", only(Arm)},
    {"wrist*", only(Arm)},
    {"poignet*", only(Arm)},
    {"handgelenk*", only(Arm)},
    {"polso", only(Arm)},
    {"muneca", only(Arm)},
    {"hand*", only(Arm)},
    {"mano", only(Arm)},
    {"finger*", only(Arm)},
    {"doigt*", only(Arm)},
    {"thumb*", only(Arm)},
    {"pouce", only(Arm)},
    {"radius", only(Arm)},
    {"ulna*", only(Arm)},
    {"bras", only(Arm)},
    {"unterarm*", only(Arm)},
    {"oberarm*", only(Arm)},
    {"scaphoid*", only(Arm)},
    {"braccio", only(Arm)},
    {"hip", Hip | Pelvis},
    {"hips", Hip | Pelvis},
    {"hufte*", Hip | Pelvis},
    {"hanche*", Hip | Pelvis},
    {"anca", Hip | Pelvis},
    {"cadera*", Hip | Pelvis},
    {"coxo*", Hip | Pelvis},
    {"leg", only(Leg)},
    {"legs", only(Leg)},
    {"femur*", Leg | Hip},
    {"femor*", Leg | Hip},
    {"thigh*", only(Leg)},
    {"knee*", only(Leg)},
    {"knie*", only(Leg)},
    {"genou*", only(Leg)},
    {"ginocchi*", only(Leg)},
    {"rodilla*", only(Leg)},
    {"patell*", only(Leg)},
    {"tibia*", only(Leg)},
    {"fibula*", only(Leg)},
    {"ankle*", only(Leg)},
    {"cheville*", only(Leg)},
    {"sprunggelenk*", only(Leg)},
    {"caviglia", only(Leg)},
    {"tobillo", only(Leg)},
    {"foot", only(Leg)},
    {"feet", only(Leg)},
    {"pied*", only(Leg)},
    {"fuss*", only(Leg)},
    {"piede", only(Leg)},
    {"pie", only(Leg)},
    {"toe", only(Leg)},
    {"toes", only(Leg)},
    {"heel*", only(Leg)},
    {"calcane*", only(Leg)},
    {"jambe*", only(Leg)},
    {"bein", only(Leg)},
    {"gamba", only(Leg)},
    {"wholebody*", kWholeBody},
    {"polytrauma*", kWholeBody},
    {"bodyscan*", kWholeBody},
    {"trunk", kTrunk},
    {"ganzkorper*", kWholeBody},
    {"tap", kTrunk},
    {"cap", kTrunk},
    {"ncap", kTrunk | Neck},
    {"tapc", kTrunk},
    {"thoracoabdom*", kTrunk},
    {"abdominopelv*", Abdomen | Pelvis},
    {"abdopelv*", Abdomen | Pelvis},
    {"aorta*", Chest | Abdomen},
    {"aort*", Chest | Abdomen},
};

/// Said in two words.
constexpr Term kPairs[]{
    {"whole body", kWholeBody},    {"corps entier", kWholeBody}, {"ganzer korper", kWholeBody},
    {"cuerpo entero", kWholeBody}, {"skull thigh", kWholeBody},  {"total body", kWholeBody},
    {"main gauche", only(Arm)},    {"main droite", only(Arm)},   {"c spine", Spine | Neck},
    {"t spine", only(Spine)},      {"l spine", only(Spine)},
};

constexpr std::string_view kLeft[]{"left",      "lt",  "links",    "gauche",  "izquierda",
                                   "izquierdo", "izq", "sinistra", "sinistro"};
constexpr std::string_view kRight[]{"right",   "rt",      "rechts", "droite", "droit",
                                    "derecha", "derecho", "destra", "destro"};
constexpr std::string_view kBoth[]{"both",      "bilat", "bilateral",  "bilaterale",
                                   "beidseits", "bds",   "bilaterales"};

/// Of these a single letter is a side; elsewhere it is anything.
constexpr std::uint32_t kPaired = Shoulder | Arm | Hip | Leg | Breast;

/// Lower-case words without accents, Latin ones.
QStringList wordsOf(const std::string &text)
{
    QStringList words(QString{});
    for (const QChar sign :
         QString::fromStdString(text).normalized(QString::NormalizationForm_KD).toLower()) {
        if (sign.isMark())
            continue;
        if (sign == QChar(0xdf))
            words.last() += QLatin1String("ss");
        else if (sign.isLetter())
            words.last() += sign;
        else if (!words.last().isEmpty())
            words.append(QString());
    }
    words.removeAll(QString());
    return words;
}

bool matches(const QString &word, std::string_view term)
{
    const QLatin1String latin(term.data(), static_cast<qsizetype>(term.size()));
    return term.ends_with('*') ? word.startsWith(latin.chopped(1)) : word == latin;
}

template <std::size_t Count>
bool isOneOf(const QString &word, const std::string_view (&terms)[Count])
{
    return std::any_of(std::begin(terms), std::end(terms),
                       [&](std::string_view term) { return matches(word, term); });
}

} // namespace

BodyPart BodyPart::of(const std::vector<std::string> &texts)
{
    BodyPart part;
    bool left = false, right = false, letterLeft = false, letterRight = false;
    for (const std::string &text : texts) {
        const QStringList words = wordsOf(text);
        for (qsizetype i = 0; i < words.size(); ++i) {
            const QString &word = words[i];
            const QString pair = i + 1 < words.size() ? word + u' ' + words[i + 1] : QString();
            for (const Term &term : kPairs)
                if (matches(pair, term.word))
                    part.regions |= term.regions;
            for (const Term &term : kTerms)
                if (matches(word, term.word))
                    part.regions |= term.regions;
            const bool both = isOneOf(word, kBoth);
            left |= both || isOneOf(word, kLeft);
            right |= both || isOneOf(word, kRight);
            letterLeft |= word == QLatin1String("l");
            letterRight |= word == QLatin1String("r");
        }
    }
    if ((part.regions & kPaired) != 0) {
        left |= letterLeft;
        right |= letterRight;
    }
    if (left || right)
        part.side = left && right ? BodySide::Both : left ? BodySide::Left : BodySide::Right;
    return part;
}

} // namespace negatoscope::session
