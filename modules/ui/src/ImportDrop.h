#pragma once

#include <QtCore/QObject>
#include <QtCore/QStringList>

class QWidget;

namespace negatoscope::ui {

/// Lets files, folders, discs and ZIP files be dropped onto a window, from wherever a desktop drags them.
class ImportDrop final : public QObject
{
    Q_OBJECT
public:
    /// Belongs to the window.
    explicit ImportDrop(QWidget &window);

Q_SIGNALS:
    void dropped(const QStringList &paths);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace negatoscope::ui
