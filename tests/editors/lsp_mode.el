;; Emacs with lsp-mode as editors/README.md has it: the findings of a report, to the character. Run by tests/editors/run with FILE.  -*- lexical-binding: t -*-
(package-initialize)
(require 'lsp-mode)
(require 'flymake)
(setq make-backup-files nil create-lockfiles nil lsp-auto-guess-root t lsp-restart 'ignore
      lsp-session-file (expand-file-name "lsp-session" temporary-file-directory) lsp-enable-file-watchers nil)
(load (getenv "SETTINGS"))
(load (expand-file-name "until" (file-name-directory load-file-name)))

(defun stands-on (rule)
  "The text below the finding of RULE, as lsp-mode has it."
  (let ((finding (seq-find (lambda (it) (equal (gethash "code" it) rule)) (lsp--get-buffer-diagnostics))))
    (when finding
      (let ((range (lsp--range-to-region (gethash "range" finding))))
        (buffer-substring-no-properties (car range) (cdr range))))))

(find-file (getenv "FILE"))
;; What lsp-deferred would do once the buffer is seen.
(lsp)
(until "the wrong fee stands on its figure" (lambda () (equal (stands-on "fee-unit-slip") "25977391.028")))
(until "the wrong total stands on its figure" (lambda () (equal (stands-on "requests-results-total") "234")))
(kill-emacs 0)
