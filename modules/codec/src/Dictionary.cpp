#include "Dictionary.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcobject.h>
#include <dcmtk/dcmdata/dcvr.h>
#include <dcmtk/oflog/oflog.h>

namespace negatoscope::codec {

bool prepareDcmtk()
{
    OFLog::configure(OFLogger::OFF_LOG_LEVEL); // its messages quote the file
    dcmEnableUnknownVRConversion.set(OFTrue);
    dcmAcceptUnexpectedImplicitEncoding.set(OFTrue);
    dcmEnableAutomaticInputDataCorrection.set(OFFalse);
    return dcmDataDict.isDictionaryLoaded();
}

dicom::Vr dictionaryVr(dicom::Tag tag)
{
    const DcmDataDictionary &dictionary = dcmDataDict.rdlock();
    const DcmDictEntry *entry = dictionary.findEntry(DcmTagKey(tag.group, tag.element), nullptr);
    const char *name = entry ? DcmVR(entry->getVR().getValidEVR()).getVRName() : "UN";
    const dicom::Vr vr{{name[0], name[1]}};
    dcmDataDict.rdunlock();
    return vr;
}

} // namespace negatoscope::codec
