#include "StudyLegend.h"

#include "FoundTable.h"

#include <ui/IconSet.h>

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>

namespace negatoscope::ui {

StudyLegend::StudyLegend(QWidget *parent) : QFrame(parent, Qt::Popup)
{
    setObjectName(QStringLiteral("studyLegend"));
    setAccessibleName(tr("Signs of the study list"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(StyledPanel);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    int row = 0;
    const auto add = [&](const QString &icon, const QColor &colour, const QString &text) {
        auto *sign = new QLabel(this);
        sign->setPixmap(icons::pixmap(icon, colour, 16, devicePixelRatioF()));
        auto *words = new QLabel(text, this);
        words->setProperty("role", QStringLiteral("table"));
        grid->addWidget(sign, row, 0);
        grid->addWidget(words, row, 1);
        ++row;
    };
    for (const StudySign &sign : allStudySigns())
        add(sign.icon, sign.colour, sign.sentence);
    for (const StudySign &sign : allFoundSigns())
        add(sign.icon, sign.colour, sign.sentence);
}

void StudyLegend::popUp(QWidget &button)
{
    auto *legend = new StudyLegend(&button);
    legend->adjustSize();
    const QPoint corner = button.mapToGlobal(QPoint(button.width(), 0));
    legend->move(corner - QPoint(legend->width(), legend->height()));
    legend->show();
}

} // namespace negatoscope::ui
