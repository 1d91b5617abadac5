#include "PatientBanner.h"

#include "StudyBand.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QLocale>
#include <QtGui/QPainter>

#include <algorithm>

namespace negatoscope::ui {

namespace {

constexpr int kHeight = 36;
constexpr int kBand = 4, kPersonSign = 24;
constexpr int kGap = 16;

QString qstring(const std::string &value)
{
    return QString::fromStdString(value);
}

} // namespace

PatientBanner::PatientBanner(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("patientBanner"));
    setFixedHeight(kHeight);
    setStudy(std::nullopt);
}

QSize PatientBanner::sizeHint() const
{
    return {640, kHeight};
}

void PatientBanner::setStudy(const std::optional<cache::StudyRecord> &study, session::StudyMark mark,
                             std::optional<std::pair<int, int>> arrived)
{
    m_mark = mark;
    m_hasStudy = study.has_value();
    m_name = m_person = m_study = m_error = m_warning = m_completeness = QString();
    if (study) {
        const auto &patient = study->patient;
        const QString name = words::text(patient.name.display());
        m_name = name.isEmpty() ? tr("no patient name") : name;
        const QDate birth = words::date(qstring(patient.birthDate));
        QStringList person{words::sexText(words::text(patient.sex)),
                           words::ageText(birth, words::date(qstring(study->studyDate))),
                           words::dateText(words::text(patient.birthDate)),
                           words::patientIdText(words::text(patient.id), words::text(patient.issuer))};
        person.removeAll(QString());
        m_person = person.join(QStringLiteral("   "));
        QStringList modalities;
        for (const auto &modality : study->modalities)
            modalities << words::text(modality);
        QStringList exam{modalities.join(u' '), words::text(study->description),
                         words::dateTimeText(qstring(study->studyDate), qstring(study->studyTime))};
        exam.removeAll(QString());
        m_study = exam.join(QStringLiteral("   "));
        m_completeness =
            arrived ? tr("%1 of %2 images are here")
                          .arg(QLocale().toString(arrived->first), QLocale().toString(arrived->second))
                    : words::completenessText(study->completeness, study->instances, std::nullopt);
        m_completenessColour = study->completeness == cache::Completeness::Complete ? colours::kComplete
                               : study->completeness == cache::Completeness::Incomplete
                                   ? colours::kWarning
                                   : colours::kSecondaryText;
        if (study->identityConflict)
            m_warning = tr("The objects of this study disagree on who the patient is.");
    }
    const QString whole = QStringList{m_name, m_person, m_study, m_completeness, m_warning}
                              .join(QStringLiteral("\n"))
                              .trimmed();
    setToolTip(whole);
    setAccessibleName(m_hasStudy ? whole : tr("No study is open."));
    update();
}

void PatientBanner::setOtherPersons(const QString &sentence)
{
    if (m_others == sentence)
        return;
    m_others = sentence;
    setAccessibleDescription(sentence);
    update();
}

void PatientBanner::setError(const QString &sentence)
{
    m_hasStudy = false;
    m_error = sentence;
    setToolTip(sentence);
    setAccessibleName(sentence);
    update();
}

void PatientBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours::kPanel);
    painter.setPen(colours::kLine);
    painter.drawLine(0, height() - 1, width(), height() - 1);
    const bool hatched = m_hasStudy && m_mark.otherPerson;
    int left = (hatched ? kPersonSign : kBand) + 12;
    int right = width() - 12;
    const QRect row(0, 0, width(), height() - 1);
    const auto put = [&](int x, int room, const QString &text, const QColor &colour) {
        painter.setPen(colour);
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, std::max(room, 0));
        painter.drawText(QRect(x, row.top(), std::max(room, 0), row.height()),
                         Qt::AlignVCenter | Qt::AlignLeft, shown);
        return painter.fontMetrics().horizontalAdvance(shown);
    };
    if (!m_hasStudy) {
        put(left, right - left, m_error.isEmpty() ? tr("No study is open.") : m_error,
            m_error.isEmpty() ? colours::kSecondaryText : colours::kError);
        return;
    }
    if (hatched)
        drawPersonBand(painter, QRect(0, 0, kPersonSign, height() - 1));
    else
        painter.fillRect(QRect(0, 0, kBand, height() - 1), bandColour(m_mark.band));

    // The name first; then what is right of it gives way in this order: exam, person.
    QFont large = font();
    large.setPixelSize(measures::kPatientName);
    large.setWeight(QFont::Medium);
    painter.setFont(large);
    left += put(left, right - left, m_name, colours::kText) + kGap;
    painter.setFont(font());
    const QFontMetrics metrics = painter.fontMetrics();
    left += put(left, right - left, m_person, colours::kText) + kGap;
    if (!m_others.isEmpty()) {
        // Never elided away: the exam at the right gives way first.
        const int width = std::min(metrics.horizontalAdvance(m_others) + 1, std::max(right - left - 28, 0));
        const QRect sign(left, 4, width + 28, height() - 9);
        drawPersonBand(painter, sign);
        painter.fillRect(sign.adjusted(7, 3, -7, -3), colours::kPanel);
        put(left + 14, width, m_others, colours::kWarning);
        left += sign.width() + kGap;
    }
    const QString state = m_warning.isEmpty() ? m_completeness : m_warning;
    const int stateWidth = std::min(metrics.horizontalAdvance(state) + 1, std::max(right - left, 0));
    put(right - stateWidth, stateWidth, state,
        m_warning.isEmpty() ? m_completenessColour : colours::kWarning);
    right -= stateWidth + kGap;
    const int examWidth = std::min(metrics.horizontalAdvance(m_study) + 1, std::max(right - left, 0));
    put(right - examWidth, examWidth, m_study, colours::kText);
}

} // namespace negatoscope::ui
