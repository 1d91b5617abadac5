#include "PersonQuestionBar.h"

#include "Actions.h"
#include "StudyBand.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtGui/QPainter>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace negatoscope::ui {

namespace {

using Answer = session::ReadingPresenter::Answer;

/// Name, date of birth, id and the exam: enough to tell two people of one name apart. What is not known is
/// said, not left out.
QString personText(const cache::StudyRecord &study)
{
    const auto &patient = study.patient;
    const QString name = words::text(patient.name.display());
    const QString birth = words::dateText(words::text(patient.birthDate));
    const QString id = words::text(patient.id);
    QStringList parts{name.isEmpty() ? PersonQuestionBar::tr("no patient name") : name,
                      birth.isEmpty() ? PersonQuestionBar::tr("no date of birth")
                                      : PersonQuestionBar::tr("born %1").arg(birth),
                      id.isEmpty() ? PersonQuestionBar::tr("no patient ID")
                                   : words::patientIdText(id, words::text(patient.issuer)),
                      words::text(study.description), words::dateText(words::text(study.studyDate))};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("   "));
}

QString sentenceFor(session::PersonQuestion::Reason reason)
{
    using enum session::PersonQuestion::Reason;
    switch (reason) {
    case OtherPatient:
        return PersonQuestionBar::tr("This is another patient. Show both?");
    case ShownIdMissing:
        return PersonQuestionBar::tr(
            "The study on screen has no patient ID: it is not known whether both are "
            "of one patient. Show both?");
    case AskedIdMissing:
        return PersonQuestionBar::tr(
            "The study asked for has no patient ID: it is not known whether both are "
            "of one patient. Show both?");
    case TraitsDiffer:
        return PersonQuestionBar::tr(
            "The same patient ID, but another name or date of birth: it is not known whether both are of one "
            "patient. Show both?");
    case IdentityConflicts:
        return PersonQuestionBar::tr("The objects of one of these studies disagree on who the patient is: it "
                                     "is not known whether both are of one patient. Show both?");
    }
    return {};
}

} // namespace

PersonQuestionBar::PersonQuestionBar(session::ReadingPresenter &reading, const session::Bindings &bindings,
                                     QWidget *parent)
    : QWidget(parent),
      m_reading(reading),
      m_bindings(bindings),
      m_title(new QLabel(this)),
      m_shownWhere(new QLabel(this)),
      m_shown(new QLabel(this)),
      m_asked(new QLabel(this)),
      m_no(new QPushButton(tr("No"), this)),
      m_instead(new QPushButton(tr("Open in its place"), this))
{
    setObjectName(QStringLiteral("personQuestion"));
    setAccessibleName(tr("Another patient?"));
    m_title->setObjectName(QStringLiteral("personQuestionTitle"));
    m_title->setProperty("role", QStringLiteral("warning"));
    m_shown->setObjectName(QStringLiteral("personShown"));
    m_asked->setObjectName(QStringLiteral("personAsked"));
    auto *askedFor = new QLabel(tr("Asked for:"), this);
    for (QLabel *label : {m_shownWhere, askedFor})
        label->setProperty("role", QStringLiteral("secondary"));
    for (QLabel *label : {m_title, m_shown, m_asked}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }

    auto *both = new QPushButton(tr("Show both"), this);
    m_no->setDefault(true);
    const auto add = [this](QPushButton *button, const QString &name, Answer answer) {
        button->setObjectName(name);
        button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the viewport
        connect(button, &QPushButton::clicked, this, [this, answer] { m_reading.answer(answer); });
    };
    add(m_no, QStringLiteral("personNo"), Answer::No);
    add(both, QStringLiteral("personBoth"), Answer::Beside);
    add(m_instead, QStringLiteral("personInstead"), Answer::Instead);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_no, both, m_instead})
        buttons->addWidget(button);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, kPersonBand + 8, 12, 8);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addLayout(buttons, 0, 2);
    grid->addWidget(m_shownWhere, 1, 0);
    grid->addWidget(m_shown, 1, 1, 1, 2);
    grid->addWidget(askedFor, 2, 0);
    grid->addWidget(m_asked, 2, 1, 1, 2);
    grid->setColumnStretch(1, 1);

    connect(&reading, &session::ReadingPresenter::changed, this, &PersonQuestionBar::takeChange);
    takeChange();
}

void PersonQuestionBar::takeChange()
{
    const auto &question = m_reading.question();
    if (!question) {
        hide();
        return;
    }
    QList<QKeySequence> keys;
    for (const QString &key : m_bindings.keysOf(QStringLiteral("reset")))
        keys << QKeySequence(key, QKeySequence::PortableText);
    m_no->setText(tooltipOf(tr("No"), keys));
    m_title->setText(sentenceFor(question->reason));
    m_shownWhere->setText(question->window == 0 ? tr("Shown here:")
                                                : tr("Shown in window %1:").arg(question->window));
    m_shown->setText(personText(question->shown));
    m_asked->setText(personText(question->asked));
    m_instead->setText(question->window == 0 ? tr("Open in its place") : tr("Close what is shown there"));
    setAccessibleDescription(m_title->text() + u'\n' + m_shownWhere->text() + u' ' + m_shown->text() + u'\n' +
                             tr("Asked for:") + u' ' + m_asked->text());
    show();
}

void PersonQuestionBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours::kRaised);
    drawPersonBand(painter, QRect(0, 0, width(), kPersonBand));
}

} // namespace negatoscope::ui
