#include "VolumeSource.h"

#include <session/SeriesVolume.h>
#include <session/StackLoader.h>
#include <ui/VolumeWords.h>

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <limits>

namespace negatoscope::app {

namespace {

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

base::Result<std::vector<volume::Finding>> volumeFindings(session::Services services,
                                                          const session::LoadedStack &loaded)
{
    volume::StorageBudget unlimited;
    unlimited.memoryBytes = std::numeric_limits<std::uint64_t>::max();
    TRY(auto plan, frames::planVolume(services.decoder, frames::largestVolumeOf(loaded.stack, loaded.paths),
                                      unlimited, session::valueScaleOf, codec::Purpose::Interactive));
    return std::move(plan.findings);
}

base::Result<LoadedVolume> loadVolume(session::Services services, const base::SeriesUid &series,
                                      const volume::StorageBudget &budget)
{
    QElapsedTimer timer;
    timer.start();
    LoadedVolume loaded;
    const auto stack = session::loadStack(services, series);
    TRY(auto plan, frames::planVolume(services.decoder, frames::largestVolumeOf(stack.stack, stack.paths),
                                      budget, session::valueScaleOf, codec::Purpose::Interactive));
    loaded.planMs = milliseconds(timer);
    loaded.findings = plan.findings;
    if (plan.isRefused())
        return loaded;
    const auto &middle = plan.sources[plan.sources.size() / 2];
    loaded.middlePath = middle.path;
    loaded.middleFrame = middle.key.frame;
    frames::VolumeBuilder::Options options;
    options.purpose = codec::Purpose::Interactive;
    options.check = [&cache = services.cache](const base::InstanceUid &instance,
                                              const std::stop_token &stop) {
        return cache.check(instance, stop);
    };
    TRY(const auto builder,
        frames::VolumeBuilder::start(services.decoder, std::move(plan), std::move(options)));
    builder->wait();
    loaded.volume = builder->volume();
    const auto failures = builder->failures();
    loaded.failed = static_cast<int>(failures.size());
    if (loaded.volume->arrived() == 0)
        return base::failure(failures.front().error);
    loaded.loadMs = milliseconds(timer);
    return loaded;
}

bool isRefused(const std::vector<volume::Finding> &findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const volume::Finding &finding) {
        return finding.effect == volume::Finding::Effect::Refused;
    });
}

QJsonArray jsonOf(const std::vector<volume::Finding> &findings)
{
    const auto text = [](std::string_view name) {
        return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    };
    QJsonArray all;
    for (const volume::Finding &finding : findings)
        all.append(QJsonObject{{QStringLiteral("code"), text(volume::nameOf(finding.code))},
                               {QStringLiteral("effect"), text(volume::nameOf(finding.effect))},
                               {QStringLiteral("text"), ui::words::findingSentence(finding)}});
    return all;
}

} // namespace negatoscope::app
