package studio

import "net/http"

func (s *Server) postPreview(r *http.Request) (any, error) {
	return nil, &refusal{status: http.StatusServiceUnavailable, text: "this is not built yet"}
}
