#include "StudyTimeline.h"

#include <ui/IconSet.h>
#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <memory>
#include <utility>

namespace negatoscope::ui {

namespace {

constexpr int kRowsShown = 6;
constexpr int kMostRows = 200;

/// The piece of the line beside one study, with its dot.
class Dot final : public QWidget
{
public:
    Dot(bool isCurrent, bool isFirst, bool isLast, QWidget *parent)
        : QWidget(parent),
          m_isCurrent(isCurrent),
          m_isFirst(isFirst),
          m_isLast(isLast)
    {
        setFixedWidth(16);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QPointF centre = QRectF(rect()).center();
        painter.setPen(QPen(colours::kLine.color(), 2));
        painter.drawLine(QPointF(centre.x(), m_isFirst ? centre.y() : 0),
                         QPointF(centre.x(), m_isLast ? centre.y() : height()));
        painter.setPen(Qt::NoPen);
        painter.setBrush((m_isCurrent ? colours::kCurrentStudy : colours::kSecondaryText).color());
        painter.drawEllipse(centre, m_isCurrent ? 5 : 4, m_isCurrent ? 5 : 4);
    }

private:
    const bool m_isCurrent, m_isFirst, m_isLast;
};

/// A button whose text ends in dots where there is no room for it.
class ElidingButton final : public QToolButton
{
public:
    ElidingButton(QString text, QWidget *parent) : QToolButton(parent), m_text(std::move(text))
    {
        setToolButtonStyle(Qt::ToolButtonTextOnly);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        setText(m_text);
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QToolButton::resizeEvent(event);
        setText(m_text);
        const int padding = sizeHint().width() - fontMetrics().horizontalAdvance(m_text);
        setText(fontMetrics().elidedText(m_text, Qt::ElideRight, width() - padding));
    }

private:
    const QString m_text;
};

} // namespace

StudyTimeline::StudyTimeline(QWidget *parent)
    : QScrollArea(parent),
      m_content(new QWidget(this)),
      m_rows(new QVBoxLayout(m_content))
{
    setObjectName(QStringLiteral("studyTimeline"));
    setAccessibleName(tr("Studies of this patient"));
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_content->setProperty("role", QStringLiteral("panel"));
    m_content->setAttribute(Qt::WA_StyledBackground);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    setWidget(m_content);
}

QSize StudyTimeline::sizeHint() const
{
    return {200, measures::kRow * std::min(m_count, kRowsShown)};
}

void StudyTimeline::setStudies(const std::vector<cache::StudyRecord> &studies, const base::StudyUid &current)
{
    std::vector<base::StudyUid> uids;
    for (const auto &study : studies)
        uids.push_back(study.uid);
    if (uids == m_shown && current == m_current)
        return; // the pointer may be over a button
    m_shown = uids;
    m_current = current;
    while (const auto item = std::unique_ptr<QLayoutItem>(m_rows->takeAt(0))) {
        item->widget()->hide();
        item->widget()->deleteLater(); // we may be inside one of its clicks
    }
    m_count = std::min(static_cast<int>(studies.size()), kMostRows);
    for (int i = 0; i < m_count; ++i) {
        const auto &study = studies[static_cast<std::size_t>(i)];
        addRow(study, study.uid == current, i == 0, i == m_count - 1);
    }
    updateGeometry();
}

void StudyTimeline::addRow(const cache::StudyRecord &study, bool isCurrent, bool isFirst, bool isLast)
{
    auto *line = new QWidget(m_content);
    line->setFixedHeight(measures::kRow);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(new Dot(isCurrent, isFirst, isLast, line));

    QStringList modalities;
    for (const auto &modality : study.modalities)
        modalities << words::text(modality);
    QStringList parts{words::dateText(words::text(study.studyDate)), modalities.join(u' '),
                      words::text(study.description)};
    parts.removeAll(QString());
    const QString text = parts.join(QStringLiteral("  "));
    const QString uid = QString::fromStdString(study.uid.value());
    const auto add = [&](QToolButton *button, const QString &name, const QString &tip, bool beside) {
        button->setObjectName(name + uid);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setEnabled(!isCurrent);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        connect(button, &QToolButton::clicked, this,
                [this, study, beside] { Q_EMIT openRequested(study, beside); });
    };
    auto *open = new ElidingButton(text, line);
    add(open, QStringLiteral("timelineOpen"), isCurrent ? text : tr("Open: %1").arg(text), false);
    open->setProperty("role", isCurrent ? QStringLiteral("current") : QStringLiteral("entry"));
    row->addWidget(open, 1);
    auto *beside = new QToolButton(line);
    add(beside, QStringLiteral("timelineBeside"), tr("Open beside: %1").arg(text), true);
    beside->setIcon(icons::icon(QStringLiteral("layout"), colours::kSecondaryText));
    beside->setVisible(!isCurrent);
    row->addWidget(beside);
    m_rows->addWidget(line);
}

} // namespace negatoscope::ui
