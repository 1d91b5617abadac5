#include <ui/IconSet.h>

#include <ui/Theme.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

#include <optional>

namespace negatoscope::ui::icons {

namespace {

QByteArray svgOf(const QString &name)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void paintSvg(QPainter &painter, const QByteArray &svg, const QColor &colour, const QRectF &where)
{
    QByteArray coloured = svg;
    coloured.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(coloured);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, where);
}

class SvgEngine final : public QIconEngine
{
public:
    SvgEngine(QString name, QByteArray svg, std::optional<colours::Role> fixed)
        : m_name(std::move(name)),
          m_svg(std::move(svg)),
          m_fixed(fixed)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        painter->save();
        const int side = std::min(rect.width(), rect.height());
        const QRectF square(rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0,
                            side, side);
        paintSvg(*painter, m_svg, colourOf(mode, state), square);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // Qt 6 gives the size in device pixels here.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        const QColor colour = colourOf(mode, state);
        const QString key = QStringLiteral("icon/%1/%2/%3x%4")
                                .arg(m_name, colour.name())
                                .arg(size.width())
                                .arg(size.height());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SvgEngine(*this); }
    QString key() const override { return QStringLiteral("negatoscope"); }
    bool isNull() override { return m_svg.isEmpty(); }

private:
    QColor colourOf(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled)
            return colours::kDisabledText;
        if (m_fixed)
            return *m_fixed;
        return state == QIcon::On ? colours::kFocus : colours::kText;
    }

    QString m_name;
    QByteArray m_svg;
    std::optional<colours::Role> m_fixed;
};

QIcon make(const QString &name, std::optional<colours::Role> fixed)
{
    const QByteArray svg = svgOf(name);
    return svg.isEmpty() ? QIcon() : QIcon(new SvgEngine(name, svg, fixed));
}

} // namespace

QIcon icon(const QString &name)
{
    return make(name, std::nullopt);
}

QIcon icon(const QString &name, const colours::Role &colour)
{
    return make(name, colour);
}

QPixmap pixmap(const QString &name, const QColor &colour, int size, qreal devicePixelRatio)
{
    const int pixels = qRound(size * devicePixelRatio);
    QPixmap picture(pixels, pixels);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintSvg(painter, svgOf(name), colour, QRectF(0, 0, pixels, pixels));
    painter.end();
    picture.setDevicePixelRatio(devicePixelRatio);
    return picture;
}

QStringList names()
{
    QStringList names =
        QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(4);
    return names;
}

} // namespace negatoscope::ui::icons
