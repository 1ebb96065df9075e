using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlazorAgents.Data.Migrations
{
    /// <inheritdoc />
    public partial class Providers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Providers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    NormalizedName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Endpoint = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    ChatModelId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ResponsesModelId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    OrganizationId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    ProtectedKey = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    KeyEnding = table.Column<string>(type: "TEXT", maxLength: 4, nullable: true),
                    ClientType = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    IsEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Providers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProviderTests",
                columns: table => new
                {
                    ProviderId = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SettingsMark = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Results = table.Column<string>(type: "TEXT", nullable: false),
                    TestedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProviderTests", x => x.ProviderId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Providers_NormalizedName",
                table: "Providers",
                column: "NormalizedName",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Providers");

            migrationBuilder.DropTable(
                name: "ProviderTests");
        }
    }
}
