# How each kind of setting is read and written. Write-* takes what Read-* gave, so that undoing is writing what was read.

function Read-RegistrySetting {
    param($Setting)
    if (-not (Test-Path -LiteralPath $Setting.Path)) { return $null }
    $key = Get-Item -LiteralPath $Setting.Path
    if ($key.GetValueNames() -notcontains $Setting.Entry) { return $null }
    [pscustomobject]@{ Type = $key.GetValueKind($Setting.Entry).ToString(); Value = $key.GetValue($Setting.Entry, $null, 'DoNotExpandEnvironmentNames') }
}

function Write-RegistrySetting {
    param($Setting, $State)
    if ($null -eq $State) {
        if ($null -ne (Read-RegistrySetting -Setting $Setting)) { Remove-ItemProperty -LiteralPath $Setting.Path -Name $Setting.Entry }
        return
    }
    if (-not (Test-Path -LiteralPath $Setting.Path)) { New-Item -Path $Setting.Path -Force | Out-Null }
    New-ItemProperty -LiteralPath $Setting.Path -Name $Setting.Entry -PropertyType $State.Type -Value $State.Value -Force | Out-Null
}

# powercfg's words are translated, its last two numbers are not: on mains, on battery.
function Read-PowerSetting {
    param($Setting)
    $numbers = [regex]::Matches((& powercfg.exe /qh SCHEME_CURRENT $Setting.Path $Setting.Entry | Out-String), '0x([0-9a-fA-F]{8})')
    if ($LASTEXITCODE -ne 0 -or $numbers.Count -lt 2) { return $null }
    $last = foreach ($number in $numbers[-2], $numbers[-1]) { [Convert]::ToInt64($number.Groups[1].Value, 16) }
    [pscustomobject]@{ Type = 'Indices'; Value = $last -join ',' }
}

function Write-PowerSetting {
    param($Setting, $State)
    if ($null -eq $State) { return }
    $mains, $battery = $State.Value -split ','
    & powercfg.exe /setacvalueindex SCHEME_CURRENT $Setting.Path $Setting.Entry $mains
    & powercfg.exe /setdcvalueindex SCHEME_CURRENT $Setting.Path $Setting.Entry $battery
    & powercfg.exe /setactive SCHEME_CURRENT
}

function Get-FilterEntry {
    param($Setting)
    Get-CimInstance -Namespace 'root\standardcimv2\embedded' -ClassName $Setting.Path -ErrorAction SilentlyContinue |
        Where-Object { $_.($Setting.Key) -eq $Setting.Entry }
}

# $null where Windows has no keyboard filter (Pro), or the feature is not switched on.
function Read-KeySetting {
    param($Setting)
    $key = Get-FilterEntry -Setting $Setting
    if ($null -eq $key) { return $null }
    [pscustomobject]@{ Type = 'Boolean'; Value = [bool]$key.Enabled }
}

function Write-KeySetting {
    param($Setting, $State)
    $key = Get-FilterEntry -Setting $Setting
    if ($null -eq $key -or $null -eq $State) { return }
    Set-CimInstance -InputObject $key -Property @{ Enabled = [bool]$State.Value }
}

function Read-FilterSetting {
    param($Setting)
    $entry = Get-FilterEntry -Setting $Setting
    if ($null -eq $entry) { return $null }
    [pscustomobject]@{ Type = 'String'; Value = [string]$entry.Value }
}

function Write-FilterSetting {
    param($Setting, $State)
    $entry = Get-FilterEntry -Setting $Setting
    if ($null -eq $entry -or $null -eq $State) { return }
    Set-CimInstance -InputObject $entry -Property @{ Value = [string]$State.Value }
}

function Get-FilterHindrance {
    param($Setting)
    if ($null -ne (Get-FilterEntry -Setting $Setting)) { return }
    switch ("$(Get-FeatureState -Name 'Client-KeyboardFilter')") {
        'Enabled' { "the Keyboard Filter of this Windows has no '$($Setting.Entry)'" }
        'EnablePending' { 'the Keyboard Filter was switched on; it can be set after a restart' }
        default { 'this edition has no Keyboard Filter; put no keyboard on the terminal' }
    }
}
