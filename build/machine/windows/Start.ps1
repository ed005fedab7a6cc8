# What starts the app: Shell Launcher in Explorer's place, or, on editions without it, a task at the sign-in of the kiosk's user.

$taskName = 'FacePay Kiosk'
$bridgeKey = 'HKLM:\SOFTWARE\FacePayKiosk\Bridge'
$bridgeTask = 'FacePay Kiosk settings'
$bridgeWithinSeconds = 120
$shellFeature = 'Client-EmbeddedShellLauncher'

function Get-FeatureState {
    param([string]$Name)
    $feature = Get-WindowsOptionalFeature -Online -FeatureName $Name -ErrorAction SilentlyContinue
    if ($null -ne $feature) { "$($feature.State)" }
}

function Read-FeatureSetting {
    param($Setting)
    $state = Get-FeatureState -Name $Setting.Entry
    if ($null -eq $state) { return $null }
    [pscustomobject]@{ Type = 'Boolean'; Value = $state -in 'Enabled', 'EnablePending' }
}

function Write-FeatureSetting {
    param($Setting, $State)
    if ($null -eq $State) { return }
    if ($State.Value) { Enable-WindowsOptionalFeature -Online -FeatureName $Setting.Entry -All -NoRestart -WarningAction SilentlyContinue | Out-Null }
    else { Disable-WindowsOptionalFeature -Online -FeatureName $Setting.Entry -NoRestart -WarningAction SilentlyContinue | Out-Null }
}

function Test-RestartNeeded {
    foreach ($name in $shellFeature, 'Client-KeyboardFilter') {
        if ((Get-FeatureState -Name $name) -eq 'EnablePending') { return $true }
    }
    $false
}

function Test-ShellPossible {
    if ((Get-FeatureState -Name $shellFeature) -ne 'Enabled') { return $false }
    $null -ne (Get-CimClass -Namespace 'root\cimv2\mdm\dmmap' -ClassName 'MDM_AssignedAccess' -ErrorAction SilentlyContinue)
}

function Get-ShellHindrance {
    if (Test-ShellPossible) { return }
    if (Test-RestartNeeded) { return 'Shell Launcher was switched on; it can be set after a restart' }
    'this edition has no Shell Launcher: a task starts the app over Explorer, and whoever gets past the app finds a desktop'
}

function ConvertTo-PlainXml {
    param([string]$Text)
    ([xml]$Text).DocumentElement.OuterXml
}

function Get-ShellXml {
    param([string]$User, [string]$Program)
    $text = Get-Content -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath 'shell-launcher.xml') -Raw
    $text = $text.Replace('@PROGRAM@', [Security.SecurityElement]::Escape($Program))
    $text = $text.Replace('@USER@', [Security.SecurityElement]::Escape($User))
    ConvertTo-PlainXml -Text $text
}

# The bridge to these settings answers the system's own account alone, so a task of one run asks it (Bridge.ps1). Question
# and answer pass through a key that only administrators write.
function Invoke-Bridge {
    param([switch]$Write, [string]$Xml)
    New-Item -Path $bridgeKey -Force | Out-Null
    New-ItemProperty -LiteralPath $bridgeKey -Name 'Asked' -PropertyType 'String' -Value $Xml | Out-Null
    $file = Join-Path -Path $PSScriptRoot -ChildPath 'Bridge.ps1'
    $words = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$file`""
    if ($Write) { $words = "$words -Write" }
    $action = New-ScheduledTaskAction -Execute (Join-Path -Path $PSHOME -ChildPath 'powershell.exe') -Argument $words
    $system = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest
    $always = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
    Register-ScheduledTask -TaskName $bridgeTask -Action $action -Principal $system -Settings $always -Force | Out-Null
    try {
        Start-ScheduledTask -TaskName $bridgeTask
        $until = (Get-Date).AddSeconds($bridgeWithinSeconds)
        while ((Get-Item -LiteralPath $bridgeKey).GetValueNames() -notcontains 'Done') {
            if ((Get-Date) -gt $until) { throw 'Windows did not answer about Shell Launcher' }
            Start-Sleep -Milliseconds 200
        }
        $answer = Get-Item -LiteralPath $bridgeKey
        if ($answer.GetValueNames() -contains 'Failure') { throw $answer.GetValue('Failure') }
        $answer.GetValue('Answer', $null)
    } finally {
        Unregister-ScheduledTask -TaskName $bridgeTask -Confirm:$false
        Remove-Item -LiteralPath $bridgeKey -Recurse
        Remove-EmptyRoot
    }
}

function Read-ShellSetting {
    param($Setting)
    if (-not (Test-ShellPossible)) { return $null }
    $xml = Invoke-Bridge
    if ([string]::IsNullOrWhiteSpace($xml)) { return $null }
    [pscustomobject]@{ Type = 'Xml'; Value = ConvertTo-PlainXml -Text $xml }
}

function Write-ShellSetting {
    param($Setting, $State)
    if (-not (Test-ShellPossible)) { return }
    $xml = if ($null -eq $State) { '' } else { $State.Value }
    Invoke-Bridge -Write -Xml $xml | Out-Null
}

function Get-KioskTask { Get-ScheduledTask -TaskName $taskName -TaskPath '\' -ErrorAction SilentlyContinue }

function Read-TaskSetting {
    param($Setting)
    $there = Get-KioskTask
    if ($null -eq $there) { return $null }
    [pscustomobject]@{ Type = 'Program'; Value = @($there.Actions)[0].Execute }
}

# Looks every minute: the app comes back however it went, and one that runs is not started twice.
function Write-TaskSetting {
    param($Setting, $State)
    if ($null -eq $State) {
        if ($null -ne (Get-KioskTask)) { Unregister-ScheduledTask -TaskName $taskName -TaskPath '\' -Confirm:$false }
        return
    }
    $user = "$env:COMPUTERNAME\$($Setting.User)"
    $trigger = New-ScheduledTaskTrigger -AtLogOn -User $user
    $trigger.Repetition = (New-ScheduledTaskTrigger -Once -At '00:00' -RepetitionInterval (New-TimeSpan -Minutes 1)).Repetition
    $task = @{
        TaskName  = $taskName
        TaskPath  = '\'
        Action    = New-ScheduledTaskAction -Execute $State.Value
        Trigger   = $trigger
        Principal = New-ScheduledTaskPrincipal -UserId $user -LogonType Interactive -RunLevel Limited
        Settings  = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew
    }
    Register-ScheduledTask @task -Force | Out-Null
}

# The installer's entry starts the app for everybody who signs in, the technician too.
function Read-RunSetting {
    param($Setting)
    Read-RegistrySetting -Setting $Setting
}

function Write-RunSetting {
    param($Setting, $State)
    Write-RegistrySetting -Setting $Setting -State $State
}

function Get-RunHindrance {
    param($Setting)
    if ($null -eq (Get-KioskTask) -and $null -eq (Read-ShellSetting -Setting $Setting)) { 'nothing else starts the app yet' }
}
