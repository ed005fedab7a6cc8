# What electron-builder's assisted installer does besides: no force on a running app, an autostart entry, and a journal
# that outlives the program. Texts are chosen while running, so that any set of installer languages will do.

!include LogicLib.nsh
!include FileFunc.nsh

!define FACEPAY_RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define FACEPAY_CHINESE 2052
!define FACEPAY_LOCK_KEY "Software\FacePayKiosk"
# Ten times the 3 s that the app takes to close while a call is out.
!define FACEPAY_CLOSE_WITHIN_S 30
!define FACEPAY_ASK_EVERY_S 10

# Electron starts on nothing older. Windows tells its version to a program by that program's manifest, but the registry
# has had this value since Windows 10, whoever asks. Nothing is written yet. 1150 is Windows' own code for "needs a newer
# version of Windows", so that a silent installation says why as well.
!macro customInit
  ReadRegDWORD $R0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentMajorVersionNumber"
  ${If} $R0 < 10
    ${If} $LANGUAGE == ${FACEPAY_CHINESE}
      StrCpy $R0 "${PRODUCT_NAME} 需要 Windows 10 或更新的版本。请先升级系统再安装；现在没有改动任何东西。"
    ${Else}
      StrCpy $R0 "${PRODUCT_NAME} needs Windows 10 or later. Upgrade Windows and install again; nothing has been changed."
    ${EndIf}
    MessageBox MB_OK|MB_ICONSTOP "$R0" /SD IDOK
    SetErrorLevel 1150
    Quit
  ${EndIf}
!macroend

# Asks the app to quit, again and again: it goes on while a customer is before the camera or a reverse is out, and hears
# only its own user. It is never ended by force. A silent installation that would need that ends with code 2 and has
# changed nothing. Its window refuses to be closed from outside, so the wish comes as a second start of the app.
!macro customCheckAppRunning
  facePayAgain:
  StrCpy $R1 0
  ${Do}
    nsExec::Exec `"$SYSDIR\cmd.exe" /C tasklist /FI "IMAGENAME eq ${APP_EXECUTABLE_FILENAME}" /FO CSV /NH | "$SYSDIR\findstr.exe" /B /I /C:"\"${APP_EXECUTABLE_FILENAME}\""`
    Pop $R0
    ${If} $R0 != 0
      Goto facePayGone
    ${EndIf}
    IntOp $R2 $R1 % ${FACEPAY_ASK_EVERY_S}
    ${If} $R2 == 0
      Exec `"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --quit-for-update`
    ${EndIf}
    Sleep 1000
    IntOp $R1 $R1 + 1
  ${LoopUntil} $R1 >= ${FACEPAY_CLOSE_WITHIN_S}
  ${If} $LANGUAGE == ${FACEPAY_CHINESE}
    StrCpy $R0 "${PRODUCT_NAME} 仍在运行。请等当前顾客付完款，再点“重试”。若由收款用户登录运行，请先注销该用户。进行中的撤销会在下次启动后继续。"
  ${Else}
    StrCpy $R0 "${PRODUCT_NAME} is still running. When no customer is paying, choose Retry. If another user runs it, sign that user out first. Cancels under way go on when it is next started."
  ${EndIf}
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$R0" /SD IDCANCEL IDRETRY facePayAgain
  SetErrorLevel 2
  Quit
  facePayGone:
!macroend

# The app's own update leaves the entry as whoever runs the terminal has it. On a locked terminal the lock starts the app.
!macro customInstall
  # The terminal command is for administrators: nobody else may start it, whatever gets out of the app.
  nsExec::Exec `"$SYSDIR\icacls.exe" "$INSTDIR\command" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F`
  Pop $R0
  nsExec::Exec `"$WINDIR\Sysnative\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "$INSTDIR\resources\machine\windows\Set-CommandPath.ps1" -Folder "$INSTDIR\command"`
  Pop $R0
  ${IfNot} ${isUpdated}
    EnumRegKey $R0 HKLM "${FACEPAY_LOCK_KEY}" 0
    ${If} $R0 == ""
      WriteRegStr HKLM "${FACEPAY_RUN_KEY}" "${PRODUCT_NAME}" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}"'
    ${EndIf}
  ${EndIf}
!macroend

!macro customUnInstall
  ${IfNot} ${isUpdated}
    # A 32-bit installer finds the system's own PowerShell by this name alone; the other one writes another registry.
    nsExec::Exec `"$WINDIR\Sysnative\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "$INSTDIR\resources\machine\windows\Set-FacePayKiosk.ps1" -Undo`
    Pop $R0
    nsExec::Exec `"$WINDIR\Sysnative\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "$INSTDIR\resources\machine\windows\Set-CommandPath.ps1" -Folder "$INSTDIR\command" -Remove`
    Pop $R0
    DeleteRegValue HKLM "${FACEPAY_RUN_KEY}" "${PRODUCT_NAME}"
    ${If} $LANGUAGE == ${FACEPAY_CHINESE}
      StrCpy $R0 "要同时删除本机当前用户的撤销记录和设置吗？里面可能有尚未了结的订单。一般请选“否”。"
    ${Else}
      StrCpy $R0 "Delete this user's journal and settings as well? They may hold orders that are not settled. As a rule choose No."
    ${EndIf}
    # Silent: kept, always.
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$R0" /SD IDNO IDNO +2
    RMDir /r "$PROFILE\.facepay-kiosk"
  ${EndIf}
!macroend
