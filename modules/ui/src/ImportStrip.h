#pragma once

#include <session/ImportPresenter.h>

#include <QtWidgets/QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace negatoscope::ui {

/// The line at the bottom of a window: how far an import is, and what came of the last one. Hidden
/// until there has been one.
class ImportStrip final : public QWidget
{
    Q_OBJECT
public:
    ImportStrip(session::ImportPresenter &imports, QWidget *parent);

Q_SIGNALS:
    void refusedFilesRequested();
    void dismissed();

private:
    void takeChange();
    void showProgress();
    void showResult();

    session::ImportPresenter &m_imports;
    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_cancel, *m_refused, *m_dismiss;
};

} // namespace negatoscope::ui
