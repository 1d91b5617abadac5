#include "SopClasses.h"

#include <dicom/TransferSyntax.h>

#include <algorithm>
#include <array>

namespace negatoscope::archive {

namespace {

constexpr std::string_view kStorageRoot = "1.2.840.10008.5.1.4.1.1.";

/// Every syntax that images are kept in; the first ones are the most likely.
constexpr std::array kSyntaxes{
    "1.2.840.10008.1.2.1",    "1.2.840.10008.1.2",      "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.1.99",
    "1.2.840.10008.1.2.2",
};
/// What moving pictures and newer archives have besides.
constexpr std::array kFurtherSyntaxes{
    "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101", "1.2.840.10008.1.2.4.102",
    "1.2.840.10008.1.2.4.103", "1.2.840.10008.1.2.4.104", "1.2.840.10008.1.2.4.107",
    "1.2.840.10008.1.2.4.108", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202",
    "1.2.840.10008.1.2.4.203", "1.2.840.10008.1.2.4.92",  "1.2.840.10008.1.2.4.93",
};
/// Of kSyntaxes, where many classes have to share an association.
constexpr std::size_t kFewSyntaxes = 8;
constexpr std::size_t kFewClasses = 4;

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

std::vector<std::string> syntaxesFor(std::size_t classes)
{
    std::vector<std::string> syntaxes(
        kSyntaxes.begin(), classes > kFewClasses ? kSyntaxes.begin() + kFewSyntaxes : kSyntaxes.end());
    if (classes <= kFewClasses)
        syntaxes.insert(syntaxes.end(), kFurtherSyntaxes.begin(), kFurtherSyntaxes.end());
    return syntaxes;
}

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
    const auto syntaxes = syntaxesFor(sopClasses.size());
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

bool isReceivable(std::string_view transferSyntax)
{
    return dicom::TransferSyntax::of(transferSyntax).known;
}

} // namespace negatoscope::archive
