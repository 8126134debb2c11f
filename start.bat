@echo off
rem Double-click this file to start self-audit.
cd /d "%~dp0"
where py >nul 2>nul && (py -3 start.py %* & goto done)
where python >nul 2>nul && (python start.py %* & goto done)
echo Python is not installed on this computer. Please install Python 3.13 from python.org, then double-click this file again.
:done
echo.
pause
