#include "PriorsPanel.h"

#include "FoundTable.h"

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/PriorWords.h>
#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QAbstractListModel>
#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace negatoscope::ui {

namespace {

using session::Prior;

constexpr int kPadding = 6, kSign = 16;
constexpr int kRowsShown = 5;

QString modalitiesOf(const Prior &prior)
{
    QStringList modalities;
    for (const auto &modality : prior.exam.modalities)
        modalities << words::text(modality);
    return modalities.join(u' ');
}

QString headline(const Prior &prior)
{
    QStringList parts{words::dateText(words::text(prior.exam.date)), modalitiesOf(prior)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  "));
}

bool isWhole(const session::Exam &exam)
{
    return exam.local && *exam.local != cache::Completeness::Incomplete;
}

QString whereText(const session::Exam &exam)
{
    QStringList archives;
    for (const std::string &archive : exam.archives)
        archives << words::text(archive);
    const QString names = archives.join(QStringLiteral(", "));
    if (isWhole(exam))
        return names.isEmpty() ? PriorsPanel::tr("Here.") : PriorsPanel::tr("Here, and in %1.").arg(names);
    if (exam.local)
        return names.isEmpty() ? PriorsPanel::tr("Partly here.")
                               : PriorsPanel::tr("Partly here; all of it is in %1.").arg(names);
    return PriorsPanel::tr("Only in %1: it is fetched when you open it.", "archives").arg(names);
}

} // namespace

QString priorText(const Prior &prior)
{
    QStringList lines{headline(prior), words::text(prior.exam.description)};
    if (!prior.isSamePerson()) {
        QStringList doubts;
        for (const auto doubt : prior.doubts)
            doubts << identityDoubtText(doubt);
        lines << PriorsPanel::tr("Perhaps another person: %1.").arg(doubts.join(QStringLiteral("; ")))
              << words::text(prior.exam.patient.name.display()) + QStringLiteral("  ") +
                     words::patientIdText(words::text(prior.exam.patient.id),
                                          words::text(prior.exam.patient.issuer));
    }
    QStringList reasons;
    for (const auto reason : prior.reasons)
        reasons << priorReasonText(reason);
    if (prior.later)
        reasons << PriorsPanel::tr("later than this exam");
    if (!reasons.isEmpty())
        lines << PriorsPanel::tr("Why: %1.").arg(reasons.join(QStringLiteral("; ")));
    lines << whereText(prior.exam);
    lines.removeAll(QString());
    return lines.join(u'\n');
}

/// The rows of the panel.
class PriorsModel final : public QAbstractListModel
{
public:
    PriorsModel(const session::PriorsPresenter &priors, QObject *parent)
        : QAbstractListModel(parent),
          m_priors(priors)
    {}

    void refresh()
    {
        beginResetModel();
        m_rows = m_priors.priors();
        endResetModel();
    }
    const Prior &at(int row) const { return m_rows.at(static_cast<std::size_t>(row)); }
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const Prior &prior = at(index.row());
        switch (role) {
        case Qt::DisplayRole:
            return headline(prior);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            return priorText(prior);
        default:
            return {};
        }
    }

private:
    const session::PriorsPresenter &m_priors;
    std::vector<Prior> m_rows;
};

namespace {

/// Two lines: when and what; a sign of where it is, and of doubt.
class PriorDelegate final : public QStyledItemDelegate
{
public:
    PriorDelegate(const PriorsModel &priors, QObject *parent) : QStyledItemDelegate(parent), m_priors(priors)
    {}

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {160, 2 * QFontMetrics(fontOf(option)).height() + 2 * kPadding};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Prior &prior = m_priors.at(index.row());
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected) || option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, colours::kRaised);
        const QFont font = fontOf(option);
        const QFontMetrics metrics(font);
        painter->setFont(font);
        const QRect inner = option.rect.adjusted(kPadding, kPadding, -kPadding, -kPadding);
        int right = inner.right() + 1;
        for (const StudySign &sign : signsOf(prior)) {
            right -= kSign;
            painter->drawPixmap(
                right, inner.top(),
                icons::pixmap(sign.icon, sign.colour, kSign, painter->device()->devicePixelRatioF()));
            right -= 2;
        }
        const auto line = [&](int row, const QString &text, const QColor &colour, int width) {
            painter->setPen(colour);
            painter->drawText(
                QRect(inner.left(), inner.top() + row * metrics.height(), width, metrics.height()),
                Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, width));
        };
        const bool sure = prior.isSamePerson();
        line(0, headline(prior), sure ? colours::kText : colours::kWarning, right - inner.left());
        QString second = words::text(prior.exam.description);
        if (!sure)
            second = PriorsPanel::tr("Perhaps another person");
        else if (second.isEmpty())
            second = PriorsPanel::tr("no description");
        line(1, second, colours::kSecondaryText, inner.width());
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(colours::kFocus);
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        painter->restore();
    }

private:
    static std::vector<StudySign> signsOf(const Prior &prior)
    {
        std::vector<StudySign> signs;
        if (!prior.exam.local)
            signs.push_back(remoteSign());
        else if (!isWhole(prior.exam))
            signs.push_back(partlySign());
        if (!prior.isSamePerson())
            signs.push_back({QStringLiteral("warning"), colours::kWarning, {}});
        return signs;
    }
    static QFont fontOf(const QStyleOptionViewItem &option)
    {
        QFont font = option.font;
        font.setPixelSize(measures::kPictureText);
        return font;
    }

    const PriorsModel &m_priors;
};

} // namespace

PriorsPanel::PriorsPanel(session::PriorsPresenter &priors, QWidget *parent)
    : QWidget(parent),
      m_priors(priors),
      m_model(new PriorsModel(priors, this)),
      m_title(new QLabel(this)),
      m_problems(new QLabel(this)),
      m_list(new QListView(this))
{
    setObjectName(QStringLiteral("priorsPanel"));
    setAccessibleName(tr("Other exams of this patient"));
    setProperty("role", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, kPadding, 0, 0);
    column->setSpacing(2);
    for (QLabel *label : {m_title, m_problems}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setContentsMargins(kPadding, 0, kPadding, 0);
        column->addWidget(label);
    }
    m_title->setObjectName(QStringLiteral("priorsTitle"));
    m_title->setProperty("role", QStringLiteral("secondary"));
    m_problems->setObjectName(QStringLiteral("priorsProblems"));
    m_problems->setProperty("role", QStringLiteral("warning"));
    m_list->setObjectName(QStringLiteral("priorsList"));
    m_list->setAccessibleName(accessibleName());
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PriorDelegate(*m_model, this));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::TabFocus);
    column->addWidget(m_list, 1);
    const auto choose = [this](const QModelIndex &index) { Q_EMIT priorChosen(m_model->at(index.row())); };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    connect(&priors, &session::PriorsPresenter::changed, this, &PriorsPanel::takeChange);
    takeChange();
}

QSize PriorsPanel::sizeHint() const
{
    const int rows = std::min(m_model->rowCount(), kRowsShown);
    const int row = std::max(m_list->sizeHintForRow(0), 0);
    int height = kPadding + m_title->sizeHint().height() + 4 + rows * row;
    if (!m_problems->isHidden())
        height += m_problems->heightForWidth(std::max(width(), 160)) + 2;
    return {160, height};
}

QString PriorsPanel::title() const
{
    const QString count = tr("%n other exam(s)", nullptr, m_model->rowCount());
    return m_priors.isAsking() ? tr("%1, asking archives…").arg(count) : count;
}

/// Which archives did not answer, and why.
QString PriorsPanel::problems() const
{
    QStringList sentences;
    for (const auto &[archive, error] : m_priors.failed())
        sentences << tr("%1 has not answered: there may be more.").arg(words::text(archive));
    for (const auto &archive : m_priors.cutOff())
        sentences << tr("%1 has more exams than it told.").arg(words::text(archive));
    return sentences.join(u'\n');
}

void PriorsPanel::takeChange()
{
    const QModelIndex current = m_list->currentIndex();
    const base::StudyUid at = current.isValid() ? m_model->at(current.row()).exam.uid : base::StudyUid();
    m_model->refresh();
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->at(row).exam.uid == at)
            m_list->setCurrentIndex(m_model->index(row));
    m_title->setText(title());
    const QString said = problems();
    m_problems->setText(said);
    m_problems->setVisible(!said.isEmpty());
    m_list->setVisible(m_model->rowCount() > 0);
    setVisible(!m_priors.study().isEmpty() &&
               (m_model->rowCount() > 0 || m_priors.isAsking() || !said.isEmpty()));
    updateGeometry();
}

} // namespace negatoscope::ui
