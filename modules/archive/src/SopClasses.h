#pragma once

#include "Pdu.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::archive {

/// SOP classes of services, PS3.4.
inline constexpr const char *kVerification = "1.2.840.10008.1.1",
                            *kStorageCommitment = "1.2.840.10008.1.20.1",
                            *kStorageCommitmentInstance = "1.2.840.10008.1.20.1.1",
                            *kPatientRootFind = "1.2.840.10008.5.1.4.1.2.1.1",
                            *kStudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1",
                            *kStudyRootMove = "1.2.840.10008.5.1.4.1.2.2.2",
                            *kStudyRootGet = "1.2.840.10008.5.1.4.1.2.2.3";

/// More contexts do not fit an association: their ids are the odd numbers of a byte.
inline constexpr std::size_t kMostContextsProposed = 128;

/// Adds contexts, each with the next odd id.
void addContext(std::vector<PresentationContext> &contexts, std::string_view sopClass,
                std::vector<std::string> transferSyntaxes);

/// Whether a SOP class stores objects. Classes that we do not know count when they are under the root of the
/// storage classes.
bool isStorageClass(std::string_view sopClass);

/// Proposals for receiving these classes: for each class a context for every syntax that a file may have, so
/// that the archive can send what it has as it is. Cut into lists of at most `most` contexts, whole classes
/// each.
struct StorageProposal
{
    std::vector<std::string> sopClasses;
    std::vector<PresentationContext> contexts; ///< ids not set
};
std::vector<StorageProposal> proposalsFor(std::vector<std::string> sopClasses, std::size_t most);

/// Classes that nearly every study is made of, for when the archive does not say which it has.
std::vector<std::string> usualStorageClasses();

/// Classes that objects of these modalities have, for archives that tell the modality only; none where one is
/// not known here.
std::vector<std::string> storageClassesOf(const std::set<std::string> &modalities);

/// The transfer syntaxes that an object may come in: those we show, and those we keep for others.
bool isReceivable(std::string_view transferSyntax);

} // namespace negatoscope::archive
