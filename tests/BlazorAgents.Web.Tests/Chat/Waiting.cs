using BlazorAgents.Web.Features.Chat;

namespace BlazorAgents.Web.Tests.Chat;

internal static class Waiting
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the session's state fits.</summary>
    public static async Task<ChatState> UntilAsync(this ChatSession session, Func<ChatState, bool> fits)
    {
        var reached = new TaskCompletionSource<ChatState>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (session.State is var state && fits(state))
            {
                reached.TrySetResult(state);
            }
        }

        session.Changed += Look;
        try
        {
            Look();
            return await reached.Task.WaitAsync(Patience);
        }
        finally
        {
            session.Changed -= Look;
        }
    }

    /// <summary>Waits until the last answer has ended.</summary>
    public static Task<ChatState> UntilAnsweredAsync(this ChatSession session) =>
        session.UntilAsync(state => state is { IsRunning: false, IsSending: false, Turns: [.., { Run.State.IsActive: false }] });
}
