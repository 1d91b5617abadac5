#include "SopClasses.h"

#include <dicom/TransferSyntax.h>

#include <algorithm>
#include <array>

namespace negatoscope::archive {

namespace {

constexpr std::string_view kStorageRoot = "1.2.840.10008.5.1.4.1.1.";

/// Every syntax that objects are kept in, the most likely first. Where many classes share an association,
/// each gets the first ones only.
constexpr std::array kSyntaxes{
    "1.2.840.10008.1.2.1",     "1.2.840.10008.1.2",       "1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.4.80",  "1.2.840.10008.1.2.4.90",  "1.2.840.10008.1.2.4.91",
    "1.2.840.10008.1.2.4.50",  "1.2.840.10008.1.2.5",     "1.2.840.10008.1.2.4.57",
    "1.2.840.10008.1.2.4.51",  "1.2.840.10008.1.2.4.81",  "1.2.840.10008.1.2.1.99",
    "1.2.840.10008.1.2.2",     "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.103",
    "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202",
    "1.2.840.10008.1.2.4.203", "1.2.840.10008.1.2.4.101", "1.2.840.10008.1.2.4.104",
    "1.2.840.10008.1.2.4.107", "1.2.840.10008.1.2.4.108", "1.2.840.10008.1.2.4.92",
    "1.2.840.10008.1.2.4.93",
};
constexpr std::size_t kFewestSyntaxes = 8;

constexpr std::array kUsualClasses{
    "1.2.840.10008.5.1.4.1.1.2",     // CT
    "1.2.840.10008.5.1.4.1.1.4",     // MR
    "1.2.840.10008.5.1.4.1.1.1",     // CR
    "1.2.840.10008.5.1.4.1.1.1.1",   // DX for presentation
    "1.2.840.10008.5.1.4.1.1.1.2",   // MG for presentation
    "1.2.840.10008.5.1.4.1.1.6.1",   // US
    "1.2.840.10008.5.1.4.1.1.3.1",   // US multi-frame
    "1.2.840.10008.5.1.4.1.1.7",     // secondary capture
    "1.2.840.10008.5.1.4.1.1.128",   // PET
    "1.2.840.10008.5.1.4.1.1.20",    // NM
    "1.2.840.10008.5.1.4.1.1.12.1",  // XA
    "1.2.840.10008.5.1.4.1.1.2.1",   // enhanced CT
    "1.2.840.10008.5.1.4.1.1.4.1",   // enhanced MR
    "1.2.840.10008.5.1.4.1.1.88.59", // key objects
    "1.2.840.10008.5.1.4.1.1.11.1",  // presentation state
};

struct ModalityRow
{
    std::string_view modality;
    std::array<const char *, 3> classes;
};
constexpr std::array kModalities{
    ModalityRow{"CT", {"1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1"}},
    ModalityRow{"MR", {"1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.5.1.4.1.1.4.1"}},
    ModalityRow{"CR", {"1.2.840.10008.5.1.4.1.1.1"}},
    ModalityRow{"DX", {"1.2.840.10008.5.1.4.1.1.1.1", "1.2.840.10008.5.1.4.1.1.1"}},
    ModalityRow{
        "MG",
        {"1.2.840.10008.5.1.4.1.1.1.2", "1.2.840.10008.5.1.4.1.1.13.1.3", "1.2.840.10008.5.1.4.1.1.1.2.1"}},
    ModalityRow{
        "US", {"1.2.840.10008.5.1.4.1.1.6.1", "1.2.840.10008.5.1.4.1.1.3.1", "1.2.840.10008.5.1.4.1.1.6.2"}},
    ModalityRow{"PT", {"1.2.840.10008.5.1.4.1.1.128", "1.2.840.10008.5.1.4.1.1.130"}},
    ModalityRow{"NM", {"1.2.840.10008.5.1.4.1.1.20"}},
    ModalityRow{"XA", {"1.2.840.10008.5.1.4.1.1.12.1", "1.2.840.10008.5.1.4.1.1.12.1.1"}},
    ModalityRow{"RF", {"1.2.840.10008.5.1.4.1.1.12.2", "1.2.840.10008.5.1.4.1.1.12.2.1"}},
    ModalityRow{"KO", {"1.2.840.10008.5.1.4.1.1.88.59"}},
    ModalityRow{"PR", {"1.2.840.10008.5.1.4.1.1.11.1", "1.2.840.10008.5.1.4.1.1.11.2"}},
    ModalityRow{
        "SR",
        {"1.2.840.10008.5.1.4.1.1.88.22", "1.2.840.10008.5.1.4.1.1.88.11", "1.2.840.10008.5.1.4.1.1.88.67"}},
    ModalityRow{"SEG", {"1.2.840.10008.5.1.4.1.1.66.4"}},
    ModalityRow{"DOC", {"1.2.840.10008.5.1.4.1.1.104.1"}},
};
constexpr const char *kSecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

} // namespace

void addContext(std::vector<PresentationContext> &contexts, std::string_view sopClass,
                std::vector<std::string> transferSyntaxes)
{
    const auto id = static_cast<std::uint8_t>(contexts.size() * 2 + 1);
    contexts.push_back({id, std::string(sopClass), std::move(transferSyntaxes), 0});
}

bool isStorageClass(std::string_view sopClass)
{
    return sopClass.starts_with(kStorageRoot);
}

std::vector<StorageProposal> proposalsFor(std::vector<std::string> sopClasses, std::size_t most)
{
    std::sort(sopClasses.begin(), sopClasses.end());
    sopClasses.erase(std::unique(sopClasses.begin(), sopClasses.end()), sopClasses.end());
    const std::size_t each =
        std::clamp(most / std::max<std::size_t>(sopClasses.size(), 1), kFewestSyntaxes, kSyntaxes.size());
    const std::vector<std::string> syntaxes(kSyntaxes.begin(),
                                            kSyntaxes.begin() + static_cast<std::ptrdiff_t>(each));
    std::vector<StorageProposal> proposals;
    for (const std::string &sopClass : sopClasses) {
        if (proposals.empty() || proposals.back().contexts.size() + syntaxes.size() > most)
            proposals.emplace_back();
        proposals.back().sopClasses.push_back(sopClass);
        for (const std::string &syntax : syntaxes)
            proposals.back().contexts.push_back({0, sopClass, {syntax}, 0});
    }
    return proposals;
}

std::vector<std::string> usualStorageClasses()
{
    return {kUsualClasses.begin(), kUsualClasses.end()};
}

std::vector<std::string> storageClassesOf(const std::set<std::string> &modalities)
{
    std::vector<std::string> classes{kSecondaryCapture};
    for (const std::string &modality : modalities) {
        const auto row = std::find_if(kModalities.begin(), kModalities.end(),
                                      [&](const ModalityRow &one) { return one.modality == modality; });
        if (row == kModalities.end())
            return {};
        for (const char *const sopClass : row->classes)
            if (sopClass)
                classes.emplace_back(sopClass);
    }
    return modalities.empty() ? std::vector<std::string>() : classes;
}

bool isReceivable(std::string_view transferSyntax)
{
    return dicom::TransferSyntax::of(transferSyntax).known;
}

} // namespace negatoscope::archive
