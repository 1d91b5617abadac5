#include "ViewOutput.h"

#include "Actions.h"
#include "PrintWindow.h"
#include "ViewportGrid.h"

#include <session/OutputFile.h>
#include <ui/ErrorSentences.h>
#include <ui/ViewPicture.h>
#include <ui/ViewportWidget.h>

#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>

#include <algorithm>

namespace negatoscope::ui {

namespace {

constexpr auto kFolderKey = QLatin1String("output/folder");

} // namespace

ViewOutput::ViewOutput(session::ReadingPresenter &reading, Actions &actions, ViewportGrid &grid,
                       QSettings &settings, QWidget *window)
    : QObject(window),
      m_reading(reading),
      m_grid(grid),
      m_settings(settings),
      m_window(window),
      m_menu(new QMenu(tr("Copy, save, print"), window))
{
    m_menu->setObjectName(QStringLiteral("outputMenu"));
    actions.on(ActionId::CopyView, this, [this] { copyView(); });
    actions.on(ActionId::CopyAllViews, this, [this] { copyAllViews(); });
    actions.on(ActionId::SaveView, this, [this] { saveView(); });
    actions.on(ActionId::Print, this, [this] { print(); });
    actions.on(ActionId::Export, this, [this] { Q_EMIT exportRequested(); });
    for (const ActionId id :
         {ActionId::CopyView, ActionId::CopyAllViews, ActionId::SaveView, ActionId::Print, ActionId::Export})
        m_menu->addAction(actions[id]);
}

const session::ViewportState *ViewOutput::activeState() const
{
    m_reading.links().update(); // what leaves names the slices of now
    const auto *active = m_reading.active();
    return active != nullptr && canLeave(active->state()) ? &active->state() : nullptr;
}

/// Of the viewports that are on screen.
std::vector<session::ViewportState> ViewOutput::shownStates() const
{
    m_reading.links().update();
    std::vector<session::ViewportState> states;
    const auto alone = m_reading.maximised();
    for (int i = 0; i < static_cast<int>(m_reading.viewports().size()); ++i)
        if (!alone || *alone == i)
            states.push_back(m_reading.viewportAt(i)->state());
    return states;
}

qreal ViewOutput::ratio() const
{
    return m_window->devicePixelRatioF();
}

Leaving ViewOutput::leaving() const
{
    return {m_reading.cornerText(), false, m_reading.cornerLayouts()};
}

void ViewOutput::tell(const QString &sentence)
{
    const auto at = static_cast<std::size_t>(m_reading.activeIndex());
    if (at < m_grid.viewports().size())
        m_grid.viewports()[at]->showNotice(sentence);
}

void ViewOutput::copyView()
{
    const auto *state = activeState();
    if (state == nullptr)
        return tell(tr("There is no picture to copy."));
    QGuiApplication::clipboard()->setImage(captionedPicture(*state, ratio(), leaving()));
}

void ViewOutput::copyAllViews()
{
    const auto states = shownStates();
    if (std::none_of(states.begin(), states.end(), canLeave))
        return tell(tr("There is no picture to copy."));
    const int columns = m_reading.maximised() ? 1 : m_reading.layout().columns;
    QGuiApplication::clipboard()->setImage(layoutPicture(states, columns, ratio(), leaving()));
}

void ViewOutput::saveView()
{
    const auto *state = activeState();
    if (state == nullptr)
        return tell(tr("There is no picture to save."));
    auto *dialog = new QFileDialog(m_window, tr("Save the view as a picture"));
    dialog->setObjectName(QStringLiteral("saveViewDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // and asks before it replaces a file
    dialog->setNameFilters({tr("PNG picture, exact (*.png)"), tr("JPEG picture, lossy (*.jpg *.jpeg)")});
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("*.jpg")) ? QStringLiteral("jpg")
                                                                         : QStringLiteral("png"));
    });
    dialog->setDirectory(
        m_settings.value(kFolderKey, QStandardPaths::writableLocation(QStandardPaths::PicturesLocation))
            .toString());
    // No name of a person: the file's name is seen by more people than the picture.
    dialog->selectFile(tr("image %1", "name of a file").arg(state->index + 1));
    // The view as it was when it was asked for, whatever happens behind the dialog.
    connect(dialog, &QFileDialog::fileSelected, this, [this, state = *state](const QString &path) {
        m_settings.setValue(kFolderKey, QFileInfo(path).absolutePath());
        save(state, path);
    });
    dialog->open();
}

void ViewOutput::save(const session::ViewportState &state, const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    const bool jpeg = suffix == QLatin1String("jpg") || suffix == QLatin1String("jpeg");
    session::runAside(
        this,
        [state, path, jpeg, ratio = ratio(), leaving = leaving()]() -> base::Status {
            TRY(const auto bytes, encodedPicture(state, ratio, leaving, jpeg ? "JPEG" : "PNG"));
            return session::writeWhole(path, bytes);
        },
        [this](const base::Status &status) {
            if (status)
                return;
            switch (status.error().code()) {
            case base::ErrorCode::DiskFull:
                return tell(tr("Not saved: the disk is full."));
            case base::ErrorCode::CannotWrite:
                return tell(tr("Not saved: this folder cannot be written to."));
            default:
                return tell(sentenceFor(status.error()));
            }
        });
}

void ViewOutput::print()
{
    auto states = shownStates();
    std::erase_if(states, [](const auto &state) { return !canLeave(state); });
    const auto *active = activeState();
    if (active == nullptr)
        return tell(tr("There is no picture to print."));
    auto *window = new PrintWindow(*active, std::move(states), leaving(), m_settings, m_window);
    window->show();
}

} // namespace negatoscope::ui
