#pragma once

#include <session/ImportPresenter.h>

#include <QtWidgets/QWidget>

#include <vector>

class QTableWidget;

namespace negatoscope::ui {

/// Which files were not taken and why: a window beside the others, whose rows can be copied.
class RefusedFilesWindow final : public QWidget
{
    Q_OBJECT
public:
    RefusedFilesWindow(const std::vector<cache::RefusedFile> &files, QWidget *parent);

private:
    void copy();

    QTableWidget *m_table;
};

} // namespace negatoscope::ui
