package codes

import "github.com/errlingo/errlingo/catalog"

// InvalidFileName: the name of a file is too long or too short, or has characters that are not
// allowed.
var InvalidFileName = Domain.Define(122, "INVALID_FILE_NAME", catalog.Spec{
	Title: "File name not allowed",
	Detail: "The file name “{{.FileName}}” isn’t allowed. A name can have up to {{.MaxLength}} " +
		"characters.",
	Plural: catalog.Plural{By: MaxLength,
		One: "The file name “{{.FileName}}” isn’t allowed. A name can have only one character."},
	Help: "Rename the file using only letters, numbers, hyphens and dots, then choose it again.",
	Params: catalog.Params{
		catalog.Sensitive(FileName), catalog.Public(MinLength), catalog.Public(MaxLength),
		catalog.Public(Allowed),
	},
	HTTP:     400,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// FileTooLarge: a file has more bytes than the service accepts. Its size may be unknown if the
// upload was stopped at the limit.
var FileTooLarge = Domain.Define(129, "FILE_TOO_LARGE", catalog.Spec{
	Title:  "File too large",
	Detail: "The file “{{.FileName}}” is too large. The limit is {{.SizeLimit}}.",
	Help:   "Choose a smaller file, or make this one smaller.",
	Params: catalog.Params{catalog.Sensitive(FileName), catalog.Public(Size),
		catalog.Public(SizeLimit)},
	HTTP:     413,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// FileSaveError: the server received a file but could not store it.
var FileSaveError = Domain.Define(130, "FILE_SAVE_ERROR", catalog.Spec{
	Title:    "File not saved",
	Detail:   "We couldn’t save the file “{{.FileName}}”.",
	Help:     "Try again in a few minutes. If it keeps happening, contact support.",
	Params:   catalog.Params{catalog.Sensitive(FileName)},
	HTTP:     500,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionRetry,
})

// InvalidImageData: a file that should be an image is damaged or is not an image.
var InvalidImageData = Domain.Define(143, "INVALID_IMAGE_DATA", catalog.Spec{
	Title: "Image not readable",
	Detail: "We couldn’t open the file “{{.FileName}}” as an image. The format must be " +
		"{{.Formats}}.",
	Help:     "Choose a different image, or save this one in another format.",
	Params:   catalog.Params{catalog.Sensitive(FileName), catalog.Public(Formats)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// UnsavedFileError: an object to be saved refers to a file that has not been saved yet.
var UnsavedFileError = Domain.Define(151, "UNSAVED_FILE_ERROR", catalog.Spec{
	Title:    "File not uploaded yet",
	Detail:   "The field {{.Key}} refers to the file “{{.FileName}}”, which hasn’t been uploaded yet.",
	Help:     "Upload the file first, then save the object that refers to it.",
	Params:   catalog.Params{catalog.Sensitive(FileName), catalog.Public(Key)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// FileDeleteError: the server could not remove a stored file.
var FileDeleteError = Domain.Define(153, "FILE_DELETE_ERROR", catalog.Spec{
	Title:    "File not deleted",
	Detail:   "We couldn’t delete the file “{{.FileName}}”.",
	Help:     "Try again in a few minutes. If it keeps happening, contact support.",
	Params:   catalog.Params{catalog.Sensitive(FileName)},
	HTTP:     500,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionRetry,
})

// FileDeleteUnnamedError: a program tries to delete a file that was never saved and so has no name.
var FileDeleteUnnamedError = Domain.Define(161, "FILE_DELETE_UNNAMED_ERROR", catalog.Spec{
	Title:    "File has no name",
	Detail:   "The file can’t be deleted because it has no name. Files get one when they’re saved.",
	Help:     "Delete only files that have been saved.",
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// FileReadError: a program on the reader's device could not read the file that they chose.
var FileReadError = Domain.Define(601, "FILE_READ_ERROR", catalog.Spec{
	Title:    "File not readable",
	Detail:   "The file “{{.FileName}}” couldn’t be read on your device.",
	Help:     "Check that the file still exists and that you can open it, then choose it again.",
	Params:   catalog.Params{catalog.Sensitive(FileName)},
	HTTP:     400,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})
