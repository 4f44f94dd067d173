;; What the tests in Emacs wait with.  -*- lexical-binding: t -*-
(defun until (what condition)
  "Waits until CONDITION holds; ends Emacs when it never does."
  (let ((end (+ (float-time) 20)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (message "%s %s" (if value "ok   " "FAIL ") what)
    (unless value (kill-emacs 1))
    value))
