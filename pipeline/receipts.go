package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"tonghop/pipeline/feedback"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/pdf"
	"tonghop/pipeline/submission"
)

// receiptLayout changes with how receipts are drawn, so that older ones are redrawn.
const receiptLayout = "2"

// receipt writes the receipt of an answer as a page to print beside the answer,
// unless the one there says the same.
func (s *shelf) receipt(folder string, answer feedback.Answer, f submission.File) error {
	page := answer.Page(report.Head(s.Office, s.Phrases))
	page.Party = s.Office.Party
	how := s.Page
	if how.Created = answer.Input.ReceivedAt; how.Created.IsZero() {
		how.Created = time.Unix(0, 0).UTC() // the page must be the same whenever it is drawn
	}
	said, err := receiptFingerprint(page, how, answer.Program)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, feedbackName(f)+".pdf")
	if old, err := os.ReadFile(path); err == nil && pdf.HasKeyword(old, said) {
		return nil
	}
	page.Keywords = []string{said}
	data, err := pdf.Draw(page, how)
	if err != nil {
		return err
	}
	return s.write(path, data)
}

// receiptFingerprint is equal for pages that say the same and are drawn alike.
func receiptFingerprint(page report.Document, how pdf.Options, program string) (string, error) {
	data, err := json.Marshal(struct {
		Layout, Program string
		Page            report.Document
		How             pdf.Options
	}{receiptLayout, program, page, how})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
