# Every setting of the lock, as a table: -Apply, -Undo and -Status all walk it. Kind says who reads and writes it
# (Kinds.ps1). A Value of $null means that nothing may stand there.

function New-RegistrySetting {
    param([string]$Name, [string]$Path, [string]$Entry, [string]$Type, $Value)
    [pscustomobject]@{ Name = $Name; Kind = 'Registry'; Path = "HKLM:\$Path"; Entry = $Entry; Type = $Type; Value = $Value }
}

function New-PowerSetting {
    param([string]$Name, [string]$Group, [string]$Entry)
    [pscustomobject]@{ Name = $Name; Kind = 'Power'; Path = $Group; Entry = $Entry; Type = 'Indices'; Value = '0,0' }
}

function New-KeySetting {
    param([string]$Combination)
    [pscustomobject]@{ Name = "key $Combination"; Kind = 'Key'; Path = 'WEKF_PredefinedKey'; Entry = $Combination; Type = 'Boolean'; Value = $true }
}

function Get-KioskSetting {
    param([int]$OpenFrom, [int]$OpenUntil)
    $policies = 'SOFTWARE\Policies\Microsoft\Windows'
    $current = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Policies'
    New-RegistrySetting -Name 'edge swipes' -Path "$policies\EdgeUI" -Entry 'AllowEdgeSwipe' -Type 'DWord' -Value 0
    New-RegistrySetting -Name 'notifications' -Path "$policies\Explorer" -Entry 'DisableNotificationCenter' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'privacy questions at sign-in' -Path "$policies\OOBE" -Entry 'DisablePrivacyExperience' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'active hours' -Path "$policies\WindowsUpdate" -Entry 'SetActiveHours' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'active hours begin' -Path "$policies\WindowsUpdate" -Entry 'ActiveHoursStart' -Type 'DWord' -Value $OpenFrom
    New-RegistrySetting -Name 'active hours end' -Path "$policies\WindowsUpdate" -Entry 'ActiveHoursEnd' -Type 'DWord' -Value $OpenUntil
    New-RegistrySetting -Name 'restarts for updates' -Path "$policies\WindowsUpdate\AU" -Entry 'NoAutoRebootWithLoggedOnUsers' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'error boxes' -Path 'SYSTEM\CurrentControlSet\Control\Windows' -Entry 'ErrorMode' -Type 'DWord' -Value 2
    New-RegistrySetting -Name 'error reports' -Path 'SOFTWARE\Microsoft\Windows\Windows Error Reporting' -Entry 'DontShowUI' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'autoplay' -Path "$current\Explorer" -Entry 'NoDriveTypeAutoRun' -Type 'DWord' -Value 255
    New-RegistrySetting -Name 'other users' -Path "$current\System" -Entry 'HideFastUserSwitching' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'shut down from sign-in' -Path "$current\System" -Entry 'ShutdownWithoutLogon' -Type 'DWord' -Value 0
    New-PowerSetting -Name 'screen off' -Group 'SUB_VIDEO' -Entry 'VIDEOIDLE'
    New-PowerSetting -Name 'sleep' -Group 'SUB_SLEEP' -Entry 'STANDBYIDLE'
    New-PowerSetting -Name 'hibernate' -Group 'SUB_SLEEP' -Entry 'HIBERNATEIDLE'
    New-PowerSetting -Name 'power button' -Group 'SUB_BUTTONS' -Entry 'PBUTTONACTION'
    New-PowerSetting -Name 'sleep button' -Group 'SUB_BUTTONS' -Entry 'SBUTTONACTION'
    New-PowerSetting -Name 'lid' -Group 'SUB_BUTTONS' -Entry 'LIDACTION'
    foreach ($combination in 'Ctrl+Alt+Del', 'Shift+Ctrl+Esc', 'Ctrl+Esc', 'Win+L', 'Alt+Tab', 'Alt+F4', 'Win+E', 'Win+D', 'Win+M', 'Win+U', 'LShift+LAlt+PrintScrn', 'LShift+LAlt+NumLock') {
        New-KeySetting -Combination $combination
    }
}
