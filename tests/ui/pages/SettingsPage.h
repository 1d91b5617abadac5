#pragma once

#include <ui/Workstation.h>

#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTableWidget>

namespace negatoscope::test {

inline QWidget *topLevel(const char *name)
{
    for (QWidget *widget : QApplication::topLevelWidgets())
        if (widget->objectName() == QLatin1String(name))
            return widget;
    return nullptr;
}

/// What a reader does in the settings.
class SettingsPage
{
public:
    explicit SettingsPage(ui::Workstation &workstation)
    {
        workstation.showSettings();
        m_window = topLevel("settingsWindow");
    }
    QWidget &window() { return *m_window; }
    template <typename T>
    T &get(const char *name)
    {
        return *m_window->findChild<T *>(QLatin1String(name));
    }
    void turnTo(int page) { get<QListWidget>("settingsPages").setCurrentRow(page); }
    void click(const char *name) { QTest::mouseClick(&get<QAbstractButton>(name), Qt::LeftButton); }
    void choose(const char *name, const QVariant &value)
    {
        auto &combo = get<QComboBox>(name);
        combo.setCurrentIndex(combo.findData(value));
        Q_EMIT combo.activated(combo.currentIndex());
    }
    void choosePresetsOf(const QString &modality) { choose("presetModality", modality); }
    void write(const char *name, const QString &text)
    {
        auto &field = get<QLineEdit>(name);
        field.setText(text);
        Q_EMIT field.textEdited(text);
    }
    bool selectAction(const QString &text)
    {
        auto &table = get<QTableWidget>("keysTable");
        for (int row = 0; row < table.rowCount(); ++row) {
            if (table.item(row, 0)->text() != text)
                continue;
            table.selectRow(row);
            return true;
        }
        return false;
    }
    void pressNewKey(const char *button, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        click(button);
        QTest::keyClick(&get<QAbstractButton>(button), key, modifiers);
    }

private:
    QWidget *m_window;
};

} // namespace negatoscope::test
