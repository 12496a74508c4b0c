package atomicfile

// Deed is what a step does.
type Deed string

// All that the package does to a disk.
const (
	Create       Deed = "create a file"
	WriteData    Deed = "write a file"
	AppendData   Deed = "append to a file"
	Shorten      Deed = "cut a file back"
	SyncFile     Deed = "wait for a file"
	MakeFolders  Deed = "make folders"
	SyncFolder   Deed = "wait for a folder"
	GiveName     Deed = "rename"
	GiveMoreName Deed = "link"
	RemoveAll    Deed = "remove"
)

// Step is one thing done to a disk.
type Step struct {
	Deed Deed
	Path string
	To   string // the new name, of GiveName and GiveMoreName
	Data []byte // of WriteData and AppendData
	Size int64  // of Shorten, in bytes
}

// BeforeStep is told each step before it is done. It is for tests alone, which stop
// a process there, or work out what a power cut there would have left: in the
// program nothing sets it, which a test over the sources holds.
var BeforeStep func(Step)

func next(s Step) {
	if BeforeStep != nil {
		BeforeStep(s)
	}
}
