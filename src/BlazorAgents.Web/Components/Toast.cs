namespace BlazorAgents.Web.Components;

/// <summary>A short notice about something that happened elsewhere.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Text">One sentence.</param>
/// <param name="IsError">It stays until it is dismissed and is announced at once.</param>
public sealed record Toast(Guid Id, string Text, bool IsError);
