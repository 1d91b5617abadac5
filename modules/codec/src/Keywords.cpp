#include <codec/Keywords.h>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>

namespace negatoscope::codec {

std::string keywordOf(dicom::Tag tag)
{
    const DcmDataDictionary &dictionary = dcmDataDict.rdlock();
    const DcmDictEntry *entry = dictionary.findEntry(DcmTagKey(tag.group, tag.element), nullptr);
    std::string keyword = entry ? entry->getTagName() : "";
    dcmDataDict.rdunlock();
    return keyword;
}

} // namespace negatoscope::codec
