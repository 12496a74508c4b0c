package report

import (
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// Outstanding are the findings that still ask for something: those of a file in
// whose place a newer version of the unit counts are mended.
func Outstanding(findings []Finding, files []submission.File) []Finding {
	mended := Mended(findings, files)
	var open []Finding
	for _, f := range findings {
		if !mended[f.File] {
			open = append(open, f)
		}
	}
	return open
}

// Mended are the files, by path, in whose place a newer version of the unit counts.
// One that is newer and could not take the other's place is none, nor is one of
// which it is not known whether it is newer.
func Mended(findings []Finding, files []submission.File) map[string]bool {
	mended := map[string]bool{}
	for _, f := range files {
		if f.Disposition == submission.Superseded {
			mended[f.Path] = true
		}
	}
	for _, f := range findings {
		switch f.Code {
		case finding.ResubmissionNotUsed:
			delete(mended, f.File)
		case finding.VersionOrderUnknown:
			delete(mended, f.Args["other_file"])
		}
	}
	return mended
}
