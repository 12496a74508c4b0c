package formula

import "fmt"

// Error says what is wrong with a formula or rule and where.
type Error struct {
	// Column is the character at which reading stopped, counted from 1.
	Column int
	// Message names the fault in English, MessageVI in Vietnamese.
	Message, MessageVI string
}

// Error returns the column and the message.
func (e *Error) Error() string { return fmt.Sprintf("character %d: %s", e.Column, e.Message) }

// fault makes an Error at a 0-based offset in characters.
func fault(offset int, vi, en string) *Error {
	return &Error{Column: offset + 1, Message: en, MessageVI: vi}
}
