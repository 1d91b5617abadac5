#include "ArchiveTestBox.h"

#include <ui/ErrorSentences.h>
#include <ui/Theme.h>

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace negatoscope::ui {

namespace {

using Outcome = session::ArchiveTest::Outcome;
using Step = session::ArchiveTest::Step;

QString stepName(Step step)
{
    switch (step) {
    case Step::Verify:
        return ArchiveTestBox::tr("Echo", "step of a test");
    case Step::Find:
        return ArchiveTestBox::tr("Search", "step of a test");
    case Step::Store:
        return ArchiveTestBox::tr("Store", "step of a test");
    case Step::Retrieve:
        break;
    }
    return ArchiveTestBox::tr("Retrieve", "step of a test");
}

QString foundText(const Outcome &outcome)
{
    return outcome.moreStudies
               ? ArchiveTestBox::tr("more than %1 studies of today.").arg(QLocale().toString(outcome.studies))
               : ArchiveTestBox::tr("%n study(ies) of today.", nullptr, outcome.studies);
}

QString answersText(const Outcome &outcome)
{
    const QString protection = QString::fromStdString(outcome.protection);
    return ArchiveTestBox::tr("it answers (%1, %2).")
        .arg(outcome.implementation.empty() ? ArchiveTestBox::tr("no name")
                                            : QString::fromStdString(outcome.implementation),
             protection.isEmpty() ? ArchiveTestBox::tr("not encrypted") : protection);
}

} // namespace

ArchiveTestBox::ArchiveTestBox(std::function<archive::Settings()> settings, QWidget *parent)
    : QWidget(parent),
      m_settings(std::move(settings)),
      m_says(new QLabel(this))
{
    setObjectName(QStringLiteral("archiveTests"));
    auto *row = new QHBoxLayout;
    row->setSpacing(measures::kPadding);
    const auto add = [&](const char *name, const QString &text, const QString &tip, std::vector<Step> steps) {
        auto *button = addButton(name, text, tip);
        row->addWidget(button);
        m_buttons.push_back(button);
        connect(button, &QPushButton::clicked, this, [this, steps = std::move(steps)] { start(steps); });
    };
    add("testEcho", tr("Test connection"),
        tr("Whether the archive answers and knows this workstation (C-ECHO)"), {Step::Verify});
    add("testFind", tr("Test search"), tr("How many studies of today it finds"), {Step::Verify, Step::Find});
    add("testStore", tr("Test store and retrieve"),
        tr("Sends a tiny object that names no patient (NEGATOSCOPE TEST) and brings it back. The object "
           "stays in "
           "the archive: DICOM has no way to take it out again."),
        {Step::Verify, Step::Store, Step::Retrieve});
    row->addStretch(1);
    m_stop = addButton("testStop", tr("Stop"), tr("Do not wait for the archive any longer"));
    connect(m_stop, &QPushButton::clicked, &m_test, &session::ArchiveTest::cancel);
    row->addWidget(m_stop);
    m_says->setObjectName(QStringLiteral("testSays"));
    m_says->setTextFormat(Qt::PlainText);
    m_says->setWordWrap(true);
    m_says->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measures::kPadding);
    column->addLayout(row);
    column->addWidget(m_says);
    connect(&m_test, &session::ArchiveTest::changed, this, &ArchiveTestBox::takeChange);
    takeChange();
}

QPushButton *ArchiveTestBox::addButton(const char *name, const QString &text, const QString &tip)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

void ArchiveTestBox::setReady(bool ready)
{
    m_ready = ready;
    takeChange();
}

void ArchiveTestBox::forget()
{
    m_test.cancel();
    m_test.start({}, {});
}

void ArchiveTestBox::start(std::vector<Step> steps)
{
    const archive::Settings settings = m_settings();
    m_name = QString::fromStdString(settings.name);
    m_test.start(settings, std::move(steps));
}

QString ArchiveTestBox::sentenceOf(const Outcome &outcome) const
{
    const QString step = stepName(outcome.step);
    if (!outcome.isOver)
        return tr("%1: waiting…").arg(step);
    const QString time = tr("%1 ms").arg(QLocale().toString(static_cast<qlonglong>(outcome.time.count())));
    QString text;
    if (outcome.error && outcome.error->code() == base::ErrorCode::Cancelled)
        return tr("%1: stopped.").arg(step);
    if (outcome.error && outcome.step == Step::Retrieve && outcome.error->code() == base::ErrorCode::NotFound)
        text = tr("the archive did not give the test object back.");
    else if (outcome.error)
        text = sentenceFor(*outcome.error, m_name);
    else if (outcome.step == Step::Verify)
        text = answersText(outcome);
    else if (outcome.step == Step::Find)
        text = foundText(outcome);
    else if (outcome.step == Step::Store)
        text = outcome.altered
                   ? tr("the test object was taken, but the archive changed it.")
                   : tr("the test object was taken; it stays in the archive as NEGATOSCOPE TEST.");
    else
        text = outcome.altered ? tr("it came back, but not as it was sent.")
                               : tr("it came back as it was sent.");
    return tr("%1: %2 %3", "step, sentence, time").arg(step, text, time);
}

void ArchiveTestBox::takeChange()
{
    const bool running = m_test.isRunning();
    for (QPushButton *button : m_buttons)
        button->setEnabled(m_ready && !running);
    m_stop->setVisible(running);
    QStringList sentences;
    bool failed = false;
    for (const Outcome &outcome : m_test.outcomes()) {
        sentences << sentenceOf(outcome);
        failed = failed || outcome.error || outcome.altered;
    }
    m_says->setText(sentences.join(u'\n'));
    setRole(*m_says, failed ? QStringLiteral("error") : QStringLiteral("secondary"));
}

} // namespace negatoscope::ui
